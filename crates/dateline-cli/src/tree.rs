use crate::page::{Page, Text};
use crate::theme;
use dateline::Sentence;

/// Draws a dependency tree: heads to the left, dependents below them in order of text.
pub(crate) fn draw(page: &mut Page, text: &str, sentence: &Sentence) {
    for (i, token) in sentence.tokens.iter().enumerate() {
        if token.head.is_none() {
            branch(page, text, sentence, i as u32, &Lead { here: "  ".into(), below: "  ".into() }, 0);
        }
    }
}

/// What stands to the left of a word, and of what hangs below it.
struct Lead {
    here: String,
    below: String,
}

fn branch(page: &mut Page, text: &str, sentence: &Sentence, at: u32, lead: &Lead, depth: usize) {
    let Some(token) = sentence.tokens.get(at as usize).filter(|_| depth <= sentence.tokens.len()) else {
        return;
    };
    let line = Text::new()
        .with(theme::DIM, &lead.here)
        .with(theme::STRONG, token.span.of(text))
        .with(theme::PLAIN, &format!("  {}", token.relation))
        .with(theme::DIM, &format!("  {}", token.upos));
    page.line(&line);
    let mut children = sentence.children(at).peekable();
    while let Some(child) = children.next() {
        let (here, below) = if children.peek().is_some() { ("├─ ", "│  ") } else { ("└─ ", "   ") };
        let lead = Lead { here: format!("{}{here}", lead.below), below: format!("{}{below}", lead.below) };
        branch(page, text, sentence, child, &lead, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::Span;
    use dateline::syntax::{Relation, Token, Upos, Xpos};

    #[test]
    fn a_tree() {
        let text = "Rebels shelled the town";
        let word = |word: &str, head: Option<u32>, relation: Relation, upos: Upos| {
            let start = text.find(word).unwrap();
            let span = Span::new(start, start + word.len());
            Token { span, lemma: word.into(), upos, xpos: Xpos::Fw, head, relation }
        };
        let tokens = vec![
            word("Rebels", Some(1), Relation::Nsubj, Upos::Noun),
            word("shelled", None, Relation::Root, Upos::Verb),
            word("the", Some(3), Relation::Det, Upos::Det),
            word("town", Some(1), Relation::Obj, Upos::Noun),
        ];
        let mut page = Page::new(80, false);
        draw(&mut page, text, &Sentence::new(tokens, Vec::new()));
        let expected = "  shelled  root  VERB
  ├─ Rebels  nsubj  NOUN
  └─ town  obj  NOUN
     └─ the  det  DET
";
        assert_eq!(page.into_string(), expected);
    }
}
