use crate::reading::{ArticleRecord, BlockRecord};
use dateline_article::{Article, Status};
use dateline_text::CharOffsets;

impl From<&Article> for ArticleRecord {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            copy_of: article.copy_of.clone(),
            key: article.key.clone(),
            source: article.source.clone(),
            url: article.url.clone(),
            canonical: article.canonical.clone(),
            title: article.title.clone(),
            standfirst: article.standfirst.clone(),
            byline: article.byline.clone(),
            authors: article.authors.clone(),
            agencies: article.agencies.clone(),
            publisher: article.publisher.clone(),
            section: article.section.clone(),
            published: article.published.as_ref().map(|time| time.as_str().to_owned()),
            updated: article.updated.as_ref().map(|time| time.as_str().to_owned()),
            version: article.version.clone(),
            status: (article.status != Status::Usable).then(|| article.status.as_str()),
            located: article.located.clone(),
            language: article.language.clone(),
            text: article.text.clone(),
        }
    }
}

impl BlockRecord {
    /// The blocks of an article, with their positions in characters.
    pub fn of(article: &Article) -> Vec<Self> {
        let offsets = CharOffsets::new(&article.text);
        let record = |block: &dateline_article::Block| Self {
            kind: block.kind.as_str(),
            span: offsets.chars(block.span),
        };
        article.blocks.iter().map(record).collect()
    }
}
