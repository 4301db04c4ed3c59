use crate::CodebookError;
use serde::Deserialize;

/// Words that shape a clause: `codebook/clauses.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseWords {
    light: Vec<String>,
    occurrence: Vec<String>,
    ahead: Vec<String>,
    unreal: Vec<String>,
    undone: Vec<String>,
    carried_out: Vec<String>,
    subject_control: Vec<String>,
    examples: Vec<String>,
    conditions: Vec<String>,
    quantities: Vec<String>,
    linking: Vec<String>,
    charging: Vec<String>,
    judging: Vec<String>,
    handing: Vec<String>,
    reporting: Vec<String>,
    done_by: Vec<String>,
    custody: Vec<String>,
    asking: Vec<String>,
    paused: Vec<String>,
    attesting: Vec<String>,
    mandative: Vec<String>,
    causing: Vec<String>,
    replaced: Vec<String>,
    undone_nouns: Vec<String>,
    unreal_nouns: Vec<String>,
    purposes: Vec<String>,
    issuing: Vec<String>,
    utterances: Vec<String>,
    ahead_nouns: Vec<String>,
    left_to_do: Vec<String>,
    leading: Vec<String>,
    assuring: Vec<String>,
    corresponding: Vec<String>,
    deeds: Vec<String>,
    force: Vec<String>,
    holding: Vec<String>,
    suffered_nouns: Vec<String>,
    answered: Vec<String>,
    charges: Vec<String>,
    quelling: Vec<String>,
    memorials: Vec<String>,
    bringing_about: Vec<String>,
    untrue: Vec<String>,
    given_up: Vec<String>,
    meant: Vec<String>,
}

/// What a verb says of the clause or event noun that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governs {
    /// Nothing: it is as real as the governing clause.
    Fact,
    /// It lies ahead.
    Ahead,
    /// It is wished, asked or possible.
    Unreal,
    /// It did not happen.
    Undone,
}

impl ClauseWords {
    /// Reads the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let mut words: Self = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        for list in [
            &mut words.light,
            &mut words.occurrence,
            &mut words.ahead,
            &mut words.unreal,
            &mut words.undone,
            &mut words.carried_out,
            &mut words.subject_control,
            &mut words.examples,
            &mut words.conditions,
            &mut words.quantities,
            &mut words.linking,
            &mut words.charging,
            &mut words.judging,
            &mut words.handing,
            &mut words.reporting,
            &mut words.done_by,
            &mut words.custody,
            &mut words.asking,
            &mut words.paused,
            &mut words.attesting,
            &mut words.mandative,
            &mut words.causing,
            &mut words.replaced,
            &mut words.undone_nouns,
            &mut words.unreal_nouns,
            &mut words.purposes,
            &mut words.issuing,
            &mut words.utterances,
            &mut words.ahead_nouns,
            &mut words.left_to_do,
            &mut words.leading,
            &mut words.assuring,
            &mut words.corresponding,
            &mut words.deeds,
            &mut words.force,
            &mut words.holding,
            &mut words.suffered_nouns,
            &mut words.answered,
            &mut words.charges,
            &mut words.quelling,
            &mut words.memorials,
            &mut words.bringing_about,
            &mut words.untrue,
            &mut words.given_up,
            &mut words.meant,
        ] {
            list.sort_unstable();
        }
        Ok(words)
    }

    /// Whether a participle joined to a name by a hyphen says whose the thing is: "a Saudi-led strike".
    pub fn is_done_by(&self, lemma: &str) -> bool {
        has(&self.done_by, lemma)
    }

    /// Whether the noun is where somebody is held by its owner.
    pub fn is_custody(&self, lemma: &str) -> bool {
        has(&self.custody, lemma)
    }

    /// Whether the verb carries event nouns as objects.
    pub fn is_light(&self, lemma: &str) -> bool {
        has(&self.light, lemma)
    }

    /// Whether the verb has events as its subject.
    pub fn is_occurrence(&self, lemma: &str) -> bool {
        has(&self.occurrence, lemma)
    }

    /// What the word says of what it governs.
    pub fn governs(&self, lemma: &str) -> Governs {
        if has(&self.undone, lemma) {
            Governs::Undone
        } else if has(&self.ahead, lemma) {
            Governs::Ahead
        } else if has(&self.unreal, lemma) {
            Governs::Unreal
        } else {
            Governs::Fact
        }
    }

    /// What a noun says of the event that it is the noun of: "the end of martial law", "the possibility of a strike".
    pub fn makes_of(&self, noun: &str) -> Governs {
        if has(&self.undone_nouns, noun) {
            Governs::Undone
        } else if has(&self.unreal_nouns, noun) {
            Governs::Unreal
        } else {
            Governs::Fact
        }
    }

    /// Whether an infinitive after the noun and "is" tells what something is for: "the aim is to oust the king".
    pub fn is_purpose(&self, noun: &str) -> bool {
        has(&self.purposes, noun)
    }

    /// Whether what the noun is for lies ahead: "a date for the summit".
    pub fn is_foreseeing(&self, noun: &str) -> bool {
        has(&self.ahead_nouns, noun)
    }

    /// Whether whoever is the verb's subject acts with a crowd: "led a protest".
    pub fn is_leading(&self, verb: &str) -> bool {
        has(&self.leading, verb)
    }

    /// Whether the verb's object is as real as the verb, however definite: "to force the withdrawal".
    pub fn brings_about(&self, verb: &str) -> bool {
        has(&self.bringing_about, verb)
    }

    /// Whether the past perfect of the word tells of a plan that came to nothing: "had planned to ask".
    pub fn is_given_up(&self, lemma: &str) -> bool {
        has(&self.given_up, lemma)
    }

    /// Whether the passive of the verb tells what a thing is for: "intended to end the war".
    pub fn is_meant(&self, verb: &str) -> bool {
        has(&self.meant, verb)
    }

    /// Whether the word says of a report that it is not true.
    pub fn is_untrue(&self, word: &str) -> bool {
        has(&self.untrue, word)
    }

    /// Whether a deed that the noun is of is only remembered or shown: "the site of the murder".
    pub fn is_memorial(&self, noun: &str) -> bool {
        has(&self.memorials, noun)
    }

    /// Whether "no" before the noun says that what follows is done: "no choice but to talk".
    pub fn is_left_to_do(&self, noun: &str) -> bool {
        has(&self.left_to_do, noun)
    }

    /// Whether the noun is a text in which somebody speaks: "a resolution condemning the raid".
    pub fn is_utterance(&self, noun: &str) -> bool {
        has(&self.utterances, noun)
    }

    /// Whether the subject of the verb says what the text that is its object says.
    pub fn is_issuing(&self, verb: &str) -> bool {
        has(&self.issuing, verb)
    }

    /// Whether the verb asks for what a plain verb below it tells: "demanded that militants disarm".
    pub fn is_mandative(&self, lemma: &str) -> bool {
        has(&self.mandative, lemma)
    }

    /// Whether the noun bears witness to an event, so that without it there is none: "no record of an arrest".
    pub fn is_attesting(&self, noun: &str) -> bool {
        has(&self.attesting, noun)
    }

    /// Whether a participle under the verb is done at the will of its subject: "ordered the activists deported".
    pub fn is_causing(&self, lemma: &str) -> bool {
        has(&self.causing, lemma)
    }

    /// Whether an infinitive under the verb tells for what somebody broke off: "stopped to talk".
    pub fn is_paused(&self, lemma: &str) -> bool {
        has(&self.paused, lemma)
    }

    /// Whether the verb asks, so that what hangs on it is the question.
    pub fn is_asking(&self, lemma: &str) -> bool {
        has(&self.asking, lemma)
    }

    /// Whether the word before a clause says that something else was done: "instead of", "without".
    pub fn is_replaced(&self, mark: &str) -> bool {
        has(&self.replaced, mark)
    }

    /// Whether an infinitive under the verb was carried out.
    pub fn is_carried_out(&self, lemma: &str) -> bool {
        has(&self.carried_out, lemma)
    }

    /// Whether the infinitive under the verb is the subject's own, though there is an object.
    pub fn is_subject_control(&self, lemma: &str) -> bool {
        has(&self.subject_control, lemma)
    }

    /// Whether the preposition brings in members of the group before it.
    pub fn brings_examples(&self, preposition: &str) -> bool {
        has(&self.examples, preposition)
    }

    /// Whether the word only counts what follows it after "of".
    pub fn is_quantity(&self, lemma: &str) -> bool {
        has(&self.quantities, lemma)
    }

    /// Whether the verb links its subject to a complement: "remained president".
    pub fn is_linking(&self, lemma: &str) -> bool {
        has(&self.linking, lemma)
    }

    /// Whether the verb praises or blames somebody for his own deed: "praised the officials for acting".
    pub fn is_judging(&self, lemma: &str) -> bool {
        has(&self.judging, lemma)
    }

    /// Whether the deed named after the verb's preposition is that of the one it is done to: "convicted of the murder".
    pub fn is_charging(&self, lemma: &str) -> bool {
        has(&self.charging, lemma)
    }

    /// Whether the verb hands what follows "with" to its object: "presented the firm with a demand".
    pub fn is_handing(&self, lemma: &str) -> bool {
        has(&self.handing, lemma)
    }

    /// Whether a participle after the passive of the verb tells what was done: "were reported killed".
    pub fn is_reporting(&self, lemma: &str) -> bool {
        has(&self.reporting, lemma)
    }

    /// Whether the noun says that somebody will do something: "a guarantee that the ministry consults".
    pub fn is_assuring(&self, noun: &str) -> bool {
        has(&self.assuring, noun)
    }

    /// Whether the verb speaks to whoever stands after "to": "wrote to the parties urging them".
    pub fn is_corresponding(&self, lemma: &str) -> bool {
        has(&self.corresponding, lemma)
    }

    /// Whether people are harmed in what the noun names by whoever it belongs to: "killed in police firing".
    pub fn is_deed(&self, noun: &str) -> bool {
        has(&self.deeds, noun)
    }

    /// Whether the verb uses force, so that those harmed at the same time were harmed by it: "injured after prisoners
    /// stormed the gate".
    pub fn is_force(&self, lemma: &str) -> bool {
        has(&self.force, lemma)
    }

    /// Whether a participle joined to a name by a hyphen says who has the thing, and not who does anything: "a rebel-held
    /// town".
    pub fn is_holding(&self, lemma: &str) -> bool {
        has(&self.holding, lemma)
    }

    /// Whether those whose deed the noun is suffer it: "his release", "the expulsion of the envoy".
    pub fn is_suffered(&self, noun: &str) -> bool {
        has(&self.suffered_nouns, noun)
    }

    /// Whether the noun is something that somebody has said to whoever refuses or denies it: "the request", "the charges".
    pub fn is_answered(&self, noun: &str) -> bool {
        has(&self.answered, noun) || self.is_charge(noun)
    }

    /// Whether the noun is blame, which the blamed deny.
    pub fn is_charge(&self, noun: &str) -> bool {
        has(&self.charges, noun)
    }

    /// Whether the verb tells whom force is to stop: "fired into the air to disperse the crowd".
    pub fn is_quelling(&self, lemma: &str) -> bool {
        has(&self.quelling, lemma)
    }

    /// Whether the mark makes a condition.
    pub fn is_condition(&self, mark: &str) -> bool {
        has(&self.conditions, mark)
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}
