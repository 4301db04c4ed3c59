use super::Site;
use super::find::What;
use super::linking::Linker;
use crate::document::At;
use crate::noun_phrase::{head_of, token};
use crate::places::usage;
use crate::reading::MentionForm;
use crate::spotted::SpottedKind;
use dateline_codebook::AliasKind;

impl Linker<'_, '_> {
    /// Nationalities and countries' names before a noun, and "the Pakistani and Afghan Taliban".
    pub(super) fn modifiers(&mut self) {
        for (index, names) in self.places.spotted.iter().enumerate() {
            let Some(sentence) = self.doc.sentences.get(index) else { continue };
            for name in names {
                let SpottedKind::Country(kind) = name.kind else { continue };
                let head = head_of(sentence, name.first, name.end);
                let at = At::new(index, head);
                let actor = name.aliases.first().and_then(|a| self.doc.codebook.actors.get(a.actor));
                let Some(code) = actor.and_then(|a| a.country) else { continue };
                let place = self.places.mention_at(at).and_then(|m| self.places.get(m.place));
                if place.is_some_and(|p| p.country != Some(code)) || self.out.heads.contains_key(&at) {
                    continue;
                }
                let modifies = match kind {
                    AliasKind::Demonym => true,
                    AliasKind::Name => usage::of_country(self.doc, sentence, head) == usage::Usage::Modifier,
                    AliasKind::Metonym | AliasKind::Capital => false,
                };
                if modifies {
                    self.out.modifiers.insert(at, code);
                }
                if kind == AliasKind::Demonym {
                    self.shared_name(at, name.first, name.end);
                }
            }
        }
    }

    /// A nationality joined to another that begins a name: the name may be both's.
    fn shared_name(&mut self, at: At, first: u32, end: u32) {
        let Some(sentence) = self.doc.sentences.get(at.sentence as usize) else { return };
        let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(self.doc.text()));
        if !matches!(word(end), "and" | "or") {
            return;
        }
        let next = self.found.iter().position(|f| {
            f.sentence == at.sentence
                && f.first <= end + 1
                && f.end > end + 1
                && matches!(f.what, What::Known(_))
        });
        let Some(found) = next.and_then(|i| self.found.get(i)) else { return };
        let (head, last) = (found.head, found.end);
        // From the word after the other nationality: "Afghan [Taliban]".
        let rest: Vec<&str> = (first..end).chain(end + 2..last).map(word).collect();
        let Some((length, aliases)) = self.doc.codebook.actors.longest(&rest) else { return };
        if length != rest.len() || length <= (end - first) as usize {
            return;
        }
        let Some(actor) = aliases.first().map(|a| a.actor) else { return };
        if let Some(id) = self.of_actor(actor) {
            self.out.mention(self.doc, Site { entity: id, at, first, end, form: MentionForm::Name });
            self.out.shared.entry(At { token: head, ..at }).or_default().push(id);
            self.out.modifiers.remove(&at);
        }
    }
}
