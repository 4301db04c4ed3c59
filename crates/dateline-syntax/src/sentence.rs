use crate::{Relation, Upos, Xpos};
use compact_str::CompactString;
use dateline_text::Span;

/// One sentence: its words in order, the tree over them, and the names in them.
///
/// Words are addressed by their position in [`Sentence::tokens`]. The tree has exactly one root and no cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// From the first word's start to the last word's end.
    pub span: Span,
    /// The words, in order of text.
    pub tokens: Vec<Token>,
    /// Names, in order of text, not overlapping.
    pub names: Vec<Name>,
    /// Dependents of every word, flat; `first_child[i]..first_child[i + 1]` are those of word `i`.
    children: Vec<u32>,
    first_child: Vec<u32>,
}

/// One syntactic word. "don't" is two: "do" and "n't".
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where the word stands in the text.
    pub span: Span,
    /// Dictionary form; lower-cased save for proper nouns.
    pub lemma: CompactString,
    /// Universal tag.
    pub upos: Upos,
    /// Penn Treebank tag, which tells tense and number.
    pub xpos: Xpos,
    /// The governing word, `None` for the root.
    pub head: Option<u32>,
    /// Relation to the governing word.
    pub relation: Relation,
}

/// A name as the model sees it: a run of words with a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First word.
    pub first: u32,
    /// One past the last word.
    pub end: u32,
    /// What is named.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Place,
    /// Anything else: a nationality, an event, a work.
    Other,
}

impl Sentence {
    /// Joins words and names into a sentence and indexes the tree. A head that does not exist counts as the root.
    pub fn new(tokens: Vec<Token>, names: Vec<Name>) -> Self {
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        };
        let n = tokens.len();
        let mut first_child = vec![0u32; n + 1];
        for token in &tokens {
            if let Some(head) = token.head.filter(|&h| (h as usize) < n) {
                first_child[head as usize + 1] += 1;
            }
        }
        for i in 0..n {
            first_child[i + 1] += first_child[i];
        }
        let mut next = first_child.clone();
        let mut children = vec![0u32; first_child[n] as usize];
        for (i, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head.filter(|&h| (h as usize) < n) {
                children[next[head as usize] as usize] = i as u32;
                next[head as usize] += 1;
            }
        }
        Self { span, tokens, names, children, first_child }
    }

    /// Dependents of word `of`, in order of text.
    pub fn children(&self, of: u32) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let of = of as usize;
        let range = match self.first_child.get(of..=of + 1) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        };
        self.children[range].iter().copied()
    }

    /// Dependents of word `of` that stand in `relation` to it.
    pub fn children_as(&self, of: u32, relation: Relation) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.children(of).filter(move |&c| self.tokens[c as usize].relation == relation)
    }

    /// The root word; 0 in an empty sentence.
    pub fn root(&self) -> u32 {
        self.tokens.iter().position(|t| t.head.is_none()).unwrap_or(0) as u32
    }

    /// First word and one past the last word of everything that depends on `top`, itself included.
    pub fn subtree(&self, top: u32) -> (u32, u32) {
        let (mut first, mut end, mut stack) = (top, top + 1, vec![top]);
        let mut steps = 0;
        while let Some(at) = stack.pop() {
            first = first.min(at);
            end = end.max(at + 1);
            steps += 1;
            if steps <= self.tokens.len() {
                stack.extend(self.children(at));
            }
        }
        (first, end)
    }

    /// Whether `word` is `top` or depends on it, however far down.
    pub fn is_under(&self, word: u32, top: u32) -> bool {
        let mut at = word;
        for _ in 0..=self.tokens.len() {
            if at == top {
                return true;
            }
            match self.tokens.get(at as usize).and_then(|t| t.head) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// Bytes of the text from word `first` up to, not including, word `end`.
    pub fn span_of(&self, first: u32, end: u32) -> Span {
        match (self.tokens.get(first as usize), end.checked_sub(1).and_then(|e| self.tokens.get(e as usize)))
        {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }
}
