use crate::marks::{Kind, Mark, marks};
use crate::view::View;
use dateline_reading::reading::BlockRecord;
use dateline_text::CharSpan;
use maud::{Markup, html};

/// The article's text, block by block, every marked word a link to what was made of it.
pub(crate) fn text(view: &View<'_>) -> Markup {
    let marks = marks(view);
    let blocks = &view.reading.blocks;
    html! {
        @for block in blocks { (self::block(view, &marks, block)) }
        @if blocks.is_empty() { p { "The article has no text." } }
    }
}

fn block(view: &View<'_>, marks: &[Mark], block: &BlockRecord) -> Markup {
    let inner = html! { @for piece in pieces(marks, block.span) { (self::piece(view, &piece)) } };
    match block.kind {
        "title" => html! { h1 { (inner) } },
        "standfirst" => html! { p.standfirst { (inner) } },
        "heading" => html! { h2 { (inner) } },
        "caption" => html! { p.caption { (inner) } },
        "list" => html! { p.item { (inner) } },
        _ => html! { p { (inner) } },
    }
}

/// A run of characters that the same marks cover.
struct Piece<'m> {
    span: CharSpan,
    marks: Vec<&'m Mark>,
}

fn pieces<'m>(marks: &'m [Mark], block: CharSpan) -> Vec<Piece<'m>> {
    let inside: Vec<&Mark> =
        marks.iter().filter(|m| m.span.start < block.end && block.start < m.span.end).collect();
    let mut cuts = vec![block.start, block.end];
    cuts.extend(
        inside.iter().flat_map(|m| [m.span.start, m.span.end]).filter(|c| block.start < *c && *c < block.end),
    );
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| match cut {
            &[start, end] => Some(Piece {
                span: CharSpan { start, end },
                marks: inside
                    .iter()
                    .copied()
                    .filter(|m| m.span.start <= start && end <= m.span.end)
                    .collect(),
            }),
            _ => None,
        })
        .collect()
}

fn piece(view: &View<'_>, piece: &Piece<'_>) -> Markup {
    let words = view.words(piece.span);
    let Some(first) = piece.marks.iter().min_by_key(|m| (m.kind, m.span.start)) else {
        return html! { (words) };
    };
    let mut class = String::new();
    for mark in &piece.marks {
        for name in [mark.kind.class().to_owned(), format!("r-{}", view.anchor(&mark.id))] {
            if !class.split(' ').any(|there| there == name) {
                class.push_str(if class.is_empty() { "" } else { " " });
                class.push_str(&name);
            }
        }
    }
    let begins = piece.marks.iter().any(|m| m.span.start == piece.span.start);
    let id = begins.then(|| view.anchor(format_args!("w{}", piece.span.start)));
    if first.kind == Kind::Quote {
        // A quotation is long: it is marked, and its cue is the link.
        return html! { span class=(class) id=[id] { (words) } };
    }
    let mut labels: Vec<&str> = piece.marks.iter().map(|m| m.label.as_str()).collect();
    labels.dedup();
    html! { a class=(class) id=[id] href=(view.link(&first.id)) title=(labels.join(" · ")) { (words) } }
}
