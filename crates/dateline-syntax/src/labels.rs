//! The closed sets of labels, with the treebanks' own spelling.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $($variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every label, in order of spelling.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as treebanks write it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label with this spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos,
    Adj = "ADJ",
    Adp = "ADP",
    Adv = "ADV",
    Aux = "AUX",
    Cconj = "CCONJ",
    Det = "DET",
    Intj = "INTJ",
    Noun = "NOUN",
    Num = "NUM",
    Part = "PART",
    Pron = "PRON",
    Propn = "PROPN",
    Punct = "PUNCT",
    Sconj = "SCONJ",
    Sym = "SYM",
    Verb = "VERB",
    X = "X",
}

labels! {
    /// Penn Treebank tag, in the form that English Universal Dependencies treebanks use.
    Xpos,
    Dollar = "$",
    CloseQuote = "''",
    Comma = ",",
    OpenBracket = "-LRB-",
    CloseBracket = "-RRB-",
    Period = ".",
    Colon = ":",
    Add = "ADD",
    Afx = "AFX",
    Cc = "CC",
    Cd = "CD",
    Dt = "DT",
    Ex = "EX",
    Fw = "FW",
    Gw = "GW",
    Hyph = "HYPH",
    In = "IN",
    Jj = "JJ",
    Jjr = "JJR",
    Jjs = "JJS",
    Ls = "LS",
    Md = "MD",
    Nfp = "NFP",
    Nn = "NN",
    Nnp = "NNP",
    Nnps = "NNPS",
    Nns = "NNS",
    Pdt = "PDT",
    Pos = "POS",
    Prp = "PRP",
    PrpPoss = "PRP$",
    Rb = "RB",
    Rbr = "RBR",
    Rbs = "RBS",
    Rp = "RP",
    Sym = "SYM",
    To = "TO",
    Uh = "UH",
    Vb = "VB",
    Vbd = "VBD",
    Vbg = "VBG",
    Vbn = "VBN",
    Vbp = "VBP",
    Vbz = "VBZ",
    Wdt = "WDT",
    Wp = "WP",
    WpPoss = "WP$",
    Wrb = "WRB",
    OpenQuote = "``",
}

labels! {
    /// Dependency relation of Universal Dependencies, subtypes included.
    Relation,
    Acl = "acl",
    AclRelcl = "acl:relcl",
    Advcl = "advcl",
    AdvclRelcl = "advcl:relcl",
    Advmod = "advmod",
    Amod = "amod",
    Appos = "appos",
    Aux = "aux",
    AuxPass = "aux:pass",
    Case = "case",
    Cc = "cc",
    CcPreconj = "cc:preconj",
    Ccomp = "ccomp",
    Compound = "compound",
    CompoundPrt = "compound:prt",
    Conj = "conj",
    Cop = "cop",
    Csubj = "csubj",
    CsubjOuter = "csubj:outer",
    CsubjPass = "csubj:pass",
    Dep = "dep",
    Det = "det",
    DetPredet = "det:predet",
    Discourse = "discourse",
    Dislocated = "dislocated",
    Expl = "expl",
    Fixed = "fixed",
    Flat = "flat",
    Goeswith = "goeswith",
    Iobj = "iobj",
    List = "list",
    Mark = "mark",
    Nmod = "nmod",
    NmodDesc = "nmod:desc",
    NmodPoss = "nmod:poss",
    NmodUnmarked = "nmod:unmarked",
    Nsubj = "nsubj",
    NsubjOuter = "nsubj:outer",
    NsubjPass = "nsubj:pass",
    Nummod = "nummod",
    Obj = "obj",
    Obl = "obl",
    OblAgent = "obl:agent",
    OblUnmarked = "obl:unmarked",
    Orphan = "orphan",
    Parataxis = "parataxis",
    Punct = "punct",
    Reparandum = "reparandum",
    Root = "root",
    Vocative = "vocative",
    Xcomp = "xcomp",
}

impl Relation {
    /// The relation without its subtype, as it is scored: `nsubj:pass` is `nsubj`.
    pub fn base(self) -> &'static str {
        let text = self.as_str();
        text.split(':').next().unwrap_or(text)
    }
}
