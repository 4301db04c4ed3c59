//! What stands above the body: path to the section, headline, standfirst, byline and date, in any order.

use crate::draft::Draft;
use crate::furniture::Furniture;
use crate::glob::plain;
use crate::meta::{Meta, is_paper_word};
use crate::page::{Line, Role, tail_agencies};

/// Reads the head into the draft. Gives where the body begins, and whether the text shows itself to be a copied page.
pub(crate) fn read(draft: &mut Draft, lines: &[Line], marked: bool) -> (usize, bool) {
    // One stretch of text is the article, whatever its form.
    if lines.len() < 2 || !lines.iter().any(Line::prose) {
        return (0, false);
    }
    let mut head = Head { draft, lines, page: false };
    let mut at = 0;
    while at < lines.len().min(LONGEST) && head.takes(at, marked) {
        at += 1;
    }
    (at, head.page)
}

/// No head has more lines, menus counted.
const LONGEST: usize = 200;

struct Head<'a> {
    draft: &'a mut Draft,
    lines: &'a [Line<'a>],
    /// Whether something was met that only a page has.
    page: bool,
}

impl Head<'_> {
    /// Whether the line belongs to the head.
    fn takes(&mut self, at: usize, marked: bool) -> bool {
        let line = &self.lines[at];
        let text = &*line.piece.text;
        if line.role != Role::Text {
            if line.role == Role::Credit {
                line.credit(self.draft);
            }
            self.page = true;
            return true;
        }
        if let Some(path) = section_path(text) {
            if self.draft.section.is_empty() {
                self.draft.section = path;
            }
            self.page = true;
            return true;
        }
        if let Some(meta) = line.meta() {
            meta.fill(self.draft);
            self.page = true;
            return true;
        }
        if let Some(agencies) = tail_agencies(text) {
            self.draft.credit(agencies);
            self.page = true;
            return true;
        }
        if let Some(meta) =
            Meta::read_name(text, !self.beside_meta(at)).filter(|_| self.has_title() || self.meta_at(at + 1))
        {
            meta.fill(self.draft);
            self.page = true;
            return true;
        }
        if !self.has_title() {
            return !marked && self.takes_title(at);
        }
        if self.repeats_head(&line.key) {
            return true;
        }
        self.draft.standfirst.is_none() && !marked && self.takes_standfirst(at)
    }

    fn has_title(&self) -> bool {
        self.draft.title.is_some()
    }

    fn repeats_head(&self, key: &str) -> bool {
        [&self.draft.title, &self.draft.standfirst].into_iter().flatten().any(|head| plain(head) == key)
    }

    /// A headline, or a short label above it.
    fn takes_title(&mut self, at: usize) -> bool {
        let line = &self.lines[at];
        let text = &*line.piece.text;
        let rules = Furniture::embedded();
        let rest = &self.lines[at + 1..];
        if !rest.iter().any(Line::prose) {
            return false;
        }
        let site = !text.contains(' ') && text.contains('.') && !text.ends_with('.') && line.words() == 1;
        let better = || {
            rest.iter().take(LONGEST).take_while(|next| !next.prose()).any(|next| {
                let other = || next.meta().is_some() || section_path(&next.piece.text).is_some();
                next.open() && next.words() >= 4 && !other()
            })
        };
        if site || (line.words() <= 3 && better()) {
            // Of several sections in a row, as in a menu, the last stands by the headline.
            if rules.meta.section.contains(&line.key) {
                if self.draft.section.len() < 2 {
                    self.draft.section = vec![text.to_owned()];
                }
                return true;
            }
            if site || text.split_whitespace().next_back().is_some_and(|word| is_paper_word(word, rules)) {
                self.draft.publisher.get_or_insert_with(|| text.to_owned());
                return true;
            }
        }
        if !line.open() {
            return false;
        }
        self.draft.title = Some(text.replace('\t', " "));
        true
    }

    /// The line or two between headline and body.
    fn takes_standfirst(&mut self, at: usize) -> bool {
        let line = &self.lines[at];
        let follows = self.next_text(at + 1);
        let before_meta = follows.is_some_and(|next| self.meta_at(next) || self.name_at(next));
        let before_prose = follows.is_some_and(|next| self.lines[next].prose());
        let short = (4..=60).contains(&line.words());
        let standfirst = short
            && (before_meta && !self.met_meta()
                || line.open() && line.words() >= 5 && (before_prose || before_meta));
        if standfirst {
            self.draft.standfirst = Some(line.piece.text.replace('\t', " "));
        }
        standfirst
    }

    fn met_meta(&self) -> bool {
        self.draft.byline.is_some() || self.draft.published.is_some() || self.draft.updated.is_some()
    }

    /// The next line that is no furniture.
    fn next_text(&self, from: usize) -> Option<usize> {
        (from..self.lines.len().min(from + LONGEST)).find(|at| self.lines[*at].role == Role::Text)
    }

    fn meta_at(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| line.meta().is_some())
    }

    fn name_at(&self, at: usize) -> bool {
        self.lines
            .get(at)
            .is_some_and(|line| Meta::read_name(&line.piece.text, !self.beside_meta(at)).is_some())
    }

    fn beside_meta(&self, at: usize) -> bool {
        self.meta_at(at + 1) || at.checked_sub(1).is_some_and(|before| self.meta_at(before))
    }
}

/// The steps of a path such as `Home / China / World`.
fn section_path(line: &str) -> Option<Vec<String>> {
    if line.split_whitespace().count() > 16 {
        return None;
    }
    let rules = Furniture::embedded();
    let arrows: &[char] = &['>', '›', '»', '→', '❯', '⟩'];
    let (steps, sure): (Vec<&str>, bool) = if line.contains(arrows) {
        (line.split(arrows).collect(), true)
    } else if line.contains('/') {
        (line.split('/').collect(), false)
    } else if line.contains('|') {
        (line.split('|').collect(), false)
    } else {
        (line.split('\t').collect(), false)
    };
    let steps: Vec<&str> = steps.into_iter().map(str::trim).filter(|step| !step.is_empty()).collect();
    let known = steps.iter().filter(|step| rules.meta.section.contains(&step.to_lowercase())).count();
    let short = steps
        .iter()
        .all(|step| step.split_whitespace().count() <= 4 && !step.ends_with(['.', '!', '?', ':']));
    let path = short
        && (2..=5).contains(&steps.len())
        && if sure { known >= 1 || steps.len() > 2 } else { known >= 1 };
    path.then(|| steps.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert_eq!(
            section_path("Home / China / World"),
            Some(vec!["Home".into(), "China".into(), "World".into()])
        );
        assert_eq!(section_path("News › World › Asia Pacific").map(|p| p.len()), Some(3));
        assert_eq!(section_path("Rebels take Kidal / Army denies it"), None);
        assert_eq!(section_path("He said 5 > 3."), None);
    }
}
