use super::{LemmaRule, lemma};
use crate::{Upos, Xpos};
use proptest::prelude::*;

#[test]
fn rules() {
    let apply = |script: &str, form: &str| LemmaRule::parse(script).and_then(|r| r.apply(form));
    assert_eq!(apply("l|3|y", "Cities").as_deref(), Some("city"));
    assert_eq!(apply("k|0|", "Paris").as_deref(), Some("Paris"));
    assert_eq!(apply("=go", "went").as_deref(), Some("go"));
    assert_eq!(apply("=2000", "2,000").as_deref(), Some("2000"));
    assert_eq!(apply("=2000", "3,000"), None);
    assert_eq!(apply("k|4|x", "abc"), None);
    assert_eq!(LemmaRule::parse("q|0|"), None);
}

/// Verbs of the news whose base takes endings as it stands.
const PLAIN: &str = "\
    abduct abstain accept affect aid air alert ambush amend answer appeal appoint approach arm arrest assail \
    assault assert assist attack attempt attend avert await back blast bomb boycott broaden call cancel capture \
    cheer claim clash condemn conduct confirm confront consider contest convict counter crack crash crush defeat \
    defend delay demand demolish deploy deport detain develop disband discuss dismiss display draft drown earn \
    eject elect embargo end endanger establish expand expect expel explain exploit extend extradite fail fear fill \
    follow gain grant greet guard halt hand head help hint host hunt impeach implement imprison inform insist \
    inspect install intend interview jail join kick kidnap kill land last launch lift limit link list loot \
    maintain march mourn murder name need obstruct offer open order oust overturn own park perform plant play \
    pledge plunder point poison pressure prevent protest push question raid reach reaffirm recall reform regain \
    reject remain report request resist resort respond restrain return sack shell sign slaughter spark stall \
    stress support suspect suspend target threaten torch torment travel treat trigger turn uncover vandal veto \
    visit vow wait walk want warn welcome wound wreck";
/// Those that lose their e.
const SILENT: &str = "\
    accuse acquire advise agree announce approve arrive assassinate authorise authorize besiege blame bribe \
    capture cause cease celebrate challenge change charge chase circulate close collapse commence compete complete \
    concede conclude conspire continue criticise criticize declare decline decrease dedicate defuse delegate \
    demonstrate denounce deprive describe desire detonate dictate dispute dissolve divide donate enforce ensure \
    escalate escape evacuate examine execute explode expose extradite face fire force gouge hope ignite \
    impose improve include increase initiate injure intervene invade investigate invite isolate issue leave \
    legalize mediate mobilise mobilize move negotiate oppose organise organize overrule paralyse persuade pillage \
    place pledge postpone prepare probe promise propose prosecute provide provoke pursue raise raze receive reduce \
    refuse release relocate remove replace rescue resolve resume retaliate retire revoke sabotage schedule seize \
    separate serve settle smuggle solve stage struggle surge surprise survive terrorize torture trade unite urge \
    vote wage";
/// Those that double their last letter.
const DOUBLING: &str = "\
    admit ban bar beg cancel commit compel control drag drop equip expel grab jam omit patrol pin plan plot prefer \
    propel rebel recur refer rob ship slam stab step stop strip stun submit tap transfer transmit trap travel";
/// Those in -y after a consonant.
const CHANGING: &str = "\
    ally apply bury carry certify clarify classify comply copy cry defy deny envy fortify identify intensify \
    justify marry multiply notify occupy pacify qualify rally ratify rely reply satisfy specify supply terrify \
    testify try unify verify vilify worry";
/// Base, present with -s, past, participle, -ing.
const IRREGULAR: [&str; 93] = [
    "arise arises arose arisen arising",
    "be is was been being",
    "bear bears bore borne bearing",
    "beat beats beat beaten beating",
    "become becomes became become becoming",
    "begin begins began begun beginning",
    "bid bids bid bid bidding",
    "bind binds bound bound binding",
    "break breaks broke broken breaking",
    "bring brings brought brought bringing",
    "build builds built built building",
    "buy buys bought bought buying",
    "cast casts cast cast casting",
    "catch catches caught caught catching",
    "choose chooses chose chosen choosing",
    "come comes came come coming",
    "cut cuts cut cut cutting",
    "deal deals dealt dealt dealing",
    "die dies died died dying",
    "do does did done doing",
    "draw draws drew drawn drawing",
    "drive drives drove driven driving",
    "fall falls fell fallen falling",
    "feed feeds fed fed feeding",
    "feel feels felt felt feeling",
    "fight fights fought fought fighting",
    "find finds found found finding",
    "flee flees fled fled fleeing",
    "fly flies flew flown flying",
    "forbid forbids forbade forbidden forbidding",
    "forgive forgives forgave forgiven forgiving",
    "get gets got got getting",
    "give gives gave given giving",
    "go goes went gone going",
    "grow grows grew grown growing",
    "hang hangs hung hung hanging",
    "have has had had having",
    "hear hears heard heard hearing",
    "hide hides hid hidden hiding",
    "hit hits hit hit hitting",
    "hold holds held held holding",
    "keep keeps kept kept keeping",
    "know knows knew known knowing",
    "lay lays laid laid laying",
    "lead leads led led leading",
    "leave leaves left left leaving",
    "lie lies lay lain lying",
    "lose loses lost lost losing",
    "make makes made made making",
    "mean means meant meant meaning",
    "meet meets met met meeting",
    "mislead misleads misled misled misleading",
    "overcome overcomes overcame overcome overcoming",
    "overthrow overthrows overthrew overthrown overthrowing",
    "pay pays paid paid paying",
    "put puts put put putting",
    "quit quits quit quit quitting",
    "rebuild rebuilds rebuilt rebuilt rebuilding",
    "retake retakes retook retaken retaking",
    "ride rides rode ridden riding",
    "rise rises rose risen rising",
    "run runs ran run running",
    "say says said said saying",
    "see sees saw seen seeing",
    "seek seeks sought sought seeking",
    "send sends sent sent sending",
    "set sets set set setting",
    "shake shakes shook shaken shaking",
    "shed sheds shed shed shedding",
    "shoot shoots shot shot shooting",
    "shut shuts shut shut shutting",
    "sink sinks sank sunk sinking",
    "slay slays slew slain slaying",
    "speak speaks spoke spoken speaking",
    "spend spends spent spent spending",
    "split splits split split splitting",
    "spread spreads spread spread spreading",
    "stand stands stood stood standing",
    "steal steals stole stolen stealing",
    "strike strikes struck struck striking",
    "swear swears swore sworn swearing",
    "take takes took taken taking",
    "tear tears tore torn tearing",
    "tell tells told told telling",
    "think thinks thought thought thinking",
    "throw throws threw thrown throwing",
    "undergo undergoes underwent undergone undergoing",
    "undertake undertakes undertook undertaken undertaking",
    "uphold upholds upheld upheld upholding",
    "win wins won won winning",
    "withdraw withdraws withdrew withdrawn withdrawing",
    "withstand withstands withstood withstood withstanding",
    "write writes wrote written writing",
];

#[test]
fn news_verbs_in_every_form() {
    let mut count = 0;
    let mut check = |base: &str, forms: [String; 4]| {
        let tags = [Xpos::Vbz, Xpos::Vbd, Xpos::Vbn, Xpos::Vbg];
        for (form, tag) in forms.iter().zip(tags) {
            let upos = if base == "be" { Upos::Aux } else { Upos::Verb };
            // What the network says about a form it has never seen.
            for neural in [None, Some(&form[..form.len() - 1]), Some(base)] {
                assert_eq!(lemma(form, upos, tag, neural), base, "{form} {tag}");
            }
        }
        assert_eq!(lemma(base, Upos::Verb, Xpos::Vb, Some("x")), base);
        count += 1;
    };
    for base in PLAIN.split_whitespace() {
        let s =
            if base.ends_with(['s', 'x']) || base.ends_with("sh") || base.ends_with("ch") || base == "veto" {
                "es"
            } else {
                "s"
            };
        check(
            base,
            ["{s}", "ed", "ed", "ing"].map(|end| base.to_owned() + if end == "{s}" { s } else { end }),
        );
    }
    for base in SILENT.split_whitespace() {
        let stem = &base[..base.len() - 1];
        // "agreeing" and "freeing" keep it.
        let ing = if stem.ends_with('e') { base } else { stem };
        check(base, [format!("{base}s"), format!("{base}d"), format!("{base}d"), format!("{ing}ing")]);
    }
    for base in DOUBLING.split_whitespace() {
        let last = &base[base.len() - 1..];
        check(
            base,
            [
                format!("{base}s"),
                format!("{base}{last}ed"),
                format!("{base}{last}ed"),
                format!("{base}{last}ing"),
            ],
        );
    }
    for base in CHANGING.split_whitespace() {
        let stem = &base[..base.len() - 1];
        check(base, [format!("{stem}ies"), format!("{stem}ied"), format!("{stem}ied"), format!("{base}ing")]);
    }
    for row in IRREGULAR {
        let cells: Vec<String> = row.split(' ').map(str::to_owned).collect();
        let [base, s, past, participle, ing] = cells.try_into().unwrap();
        check(&base, [s, past, participle, ing]);
    }
    assert!(count >= 300, "{count}");
}

#[test]
fn treebank_customs() {
    use Upos::*;
    for (form, upos, xpos, neural, expected) in [
        ("Soldiers", Noun, Xpos::Nns, "Soldier", "soldier"),
        ("gunmen", Noun, Xpos::Nns, "gunmen", "gunman"),
        ("tribesmen", Noun, Xpos::Nns, "tribesmen", "tribesman"),
        ("militiawomen", Noun, Xpos::Nns, "militiawomen", "militiawoman"),
        ("MPs", Noun, Xpos::Nns, "mp", "MP"),
        ("1990s", Noun, Xpos::Nns, "1990", "1990s"),
        ("troops", Noun, Xpos::Nns, "troop", "troops"),
        ("headquarters", Noun, Xpos::Nns, "headquarter", "headquarters"),
        ("casualties", Noun, Xpos::Nns, "casualtie", "casualty"),
        ("crises", Noun, Xpos::Nns, "crise", "crisis"),
        ("States", Propn, Xpos::Nnps, "States", "State"),
        ("Philippines", Propn, Xpos::Nnps, "Philippine", "Philippines"),
        ("Nations", Propn, Xpos::Nnps, "Nations", "Nation"),
        ("Houthis", Propn, Xpos::Nnps, "Houthi", "Houthi"),
        ("Reuters", Propn, Xpos::Nnp, "Reuters", "Reuters"),
        ("NATO", Propn, Xpos::Nnp, "NATO", "NATO"),
        ("United", Verb, Xpos::Nnp, "United", "Unite"),
        ("worse", Adj, Xpos::Jjr, "worse", "bad"),
        ("better", Adj, Xpos::Jjr, "good", "good"),
        ("better", Adv, Xpos::Rbr, "well", "well"),
        ("deadliest", Adj, Xpos::Jjs, "deadliest", "deadly"),
        ("higher", Adj, Xpos::Jjr, "higher", "high"),
        ("wounded", Adj, Xpos::Jj, "wound", "wounded"),
        ("American", Adj, Xpos::Jj, "American", "American"),
        ("Heavy", Adj, Xpos::Jj, "heavy", "heavy"),
        ("n't", Part, Xpos::Rb, "n't", "not"),
        ("n’t", Part, Xpos::Rb, "n’t", "not"),
        ("'s", Aux, Xpos::Vbz, "have", "have"),
        ("’s", Aux, Xpos::Vbz, "’s", "be"),
        ("'s", Part, Xpos::Pos, "be", "'s"),
        ("'", Part, Xpos::Pos, "'", "'s"),
        ("wo", Aux, Xpos::Md, "wo", "will"),
        ("them", Pron, Xpos::Prp, "them", "they"),
        ("his", Pron, Xpos::PrpPoss, "his", "his"),
        ("An", Det, Xpos::Dt, "an", "a"),
        ("2,500", Num, Xpos::Cd, "2,500", "2500"),
        ("1,200.5", Num, Xpos::Cd, "=", "1200.5"),
        ("i", Pron, Xpos::Prp, "i", "I"),
        ("The", Det, Xpos::Dt, "The", "the"),
        ("’s", Part, Xpos::Pos, "’s", "'s"),
        ("Service", Noun, Xpos::Nn, "Service", "service"),
        ("TV", Noun, Xpos::Nn, "TV", "TV"),
        ("AIDS", Noun, Xpos::Nn, "AIDS", "AIDS"),
        ("GIS", Noun, Xpos::Nn, "GIS", "GIS"),
        ("grenades", Noun, Xpos::Nn, "grenades", "grenade"),
        ("news", Noun, Xpos::Nn, "new", "news"),
        ("data", Noun, Xpos::Nn, "data", "data"),
        ("five", Num, Xpos::Cd, "five", "five"),
    ] {
        assert_eq!(lemma(form, upos, xpos, Some(neural)), expected, "{form} {upos} {xpos}");
    }
}

#[test]
fn wrong_tags_and_unlisted_words() {
    for (form, tag, expected) in [
        // A participle and a past, taken for each other or for something else.
        ("began", Xpos::Vbn, "begin"),
        ("begun", Xpos::Vbd, "begin"),
        ("killed", Xpos::Vbp, "kill"),
        ("killed", Xpos::Jj, "kill"),
        ("fled", Xpos::Vb, "flee"),
        ("attacks", Xpos::Nns, "attack"),
        ("re-elected", Xpos::Vbn, "re-elect"),
        ("co-sponsored", Xpos::Vbd, "co-sponsor"),
        ("firebombed", Xpos::Vbd, "firebomb"),
        ("rearrested", Xpos::Vbn, "rearrest"),
        ("demilitarised", Xpos::Vbn, "demilitarise"),
        ("labelled", Xpos::Vbd, "label"),
        ("kidnapped", Xpos::Vbn, "kidnap"),
        ("kidnaped", Xpos::Vbn, "kidnap"),
    ] {
        assert_eq!(lemma(form, Upos::Verb, tag, None), expected, "{form} {tag}");
    }
}

proptest! {
    #[test]
    fn any_form_and_tags(form in "\\PC{0,12}|[a-zA-Z'’,0-9-]{0,10}(s|ed|ing|ies|est|er|men)", u in 0..Upos::ALL.len(), x in 0..Xpos::ALL.len(), neural in proptest::option::of("\\PC{0,8}")) {
        let made = lemma(&form, Upos::ALL[u], Xpos::ALL[x], neural.as_deref());
        prop_assert!(form.is_empty() || !made.is_empty());
    }
}
