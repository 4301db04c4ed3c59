use crate::draft::{Draft, Piece};
use crate::{Article, page};

/// The blocks of a text whose headline is known already.
pub(crate) fn pieces<'a>(draft: &mut Draft, pieces: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
    page::body(draft, pieces, false)
}

/// An article out of plain text as it is copied from a page; `None` where nothing is left of it.
pub(crate) fn read(mut draft: Draft, text: &str) -> Option<Article> {
    let body = page::body(&mut draft, Piece::paragraphs(text), false);
    let article = draft.finish(body);
    (!article.blocks.is_empty()).then_some(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        read(Draft::default(), text).unwrap()
    }

    fn kinds(article: &Article) -> Vec<(&str, &str)> {
        article.blocks.iter().map(|block| (block.kind.as_str(), block.span.of(&article.text))).collect()
    }

    #[test]
    fn a_bare_sentence_stays_as_it_is() {
        for text in [
            "Rebels took the town",
            "Rebels took the town.",
            "Police arrested 12 people in Paris on Sunday, the mayor said.",
        ] {
            let article = article(&format!(" {text}\n"));
            assert_eq!((article.text.as_str(), article.title), (text, None));
        }
    }

    #[test]
    fn a_page_is_taken_apart() {
        let article = article(
            "Home > World > Africa\nThe Meridian Post\nRebels leave Kidal after talks\nShare\nArmy says it will not pursue them\n\
             By Jane Doe, Reuters\nPublished: 12 March 2019 at 10:15 GMT\n\nKIDAL, Mali (Reuters) - Rebels left the town of Kidal on Tuesday.\n\n\
             Advertisement\n\n\"We go in peace,\" a commander said.\n\nWhat comes next\n\nThe army is expected on Friday.\n\n\
             Related stories\nMali: a timeline\nWho are the rebels?\n\nTwo earlier truces did not hold.\n\nAFP - AP\n\nMost read\nTen things to see. And more.",
        );
        assert_eq!(
            kinds(&article),
            [
                ("title", "Rebels leave Kidal after talks"),
                ("standfirst", "Army says it will not pursue them"),
                ("paragraph", "Rebels left the town of Kidal on Tuesday."),
                ("paragraph", "\"We go in peace,\" a commander said."),
                ("heading", "What comes next"),
                ("paragraph", "The army is expected on Friday."),
                ("paragraph", "Two earlier truces did not hold."),
            ]
        );
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.publisher.as_deref(), Some("The Meridian Post"));
        assert_eq!(article.section, ["Home", "World", "Africa"]);
        assert_eq!(article.agencies, ["Reuters", "AFP", "AP"]);
        assert_eq!(article.located.as_deref(), Some("Kidal, Mali"));
        assert_eq!(article.published.as_ref().map(|t| t.as_str()), Some("2019-03-12T10:15Z"));
        assert_eq!(article.language.as_deref(), Some("en"));
    }

    #[test]
    fn text_without_furniture_loses_nothing() {
        let text = "Rebels left the town.\n\nThe army said so.\n\nNo one was hurt";
        assert_eq!(article(text).text, text);
    }
}
