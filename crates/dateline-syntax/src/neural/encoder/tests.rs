use super::*;
use crate::neural::kernels::Kernels;

const MODEL: &[u8] = include_bytes!("../../../../../models/en-standard.bin");

/// The vectors of two sentences of made-up pieces, once for the pieces at `first` and once for all of them.
fn encoded(words_after: Option<usize>, first: [&[usize]; 2]) -> [Vec<u32>; 2] {
    let mut file: File<'_> = File::open(MODEL).unwrap();
    file.manifest.words_after = words_after;
    let vocabulary = file.lines("vocabulary").unwrap().split('\n').count();
    let encoder = Encoder::open(&file, vocabulary).unwrap();
    let piece = |at: u32, position| Piece { id: 2000 + 37 * at, position, shape: (at % 8) as u8 };
    let pieces: Vec<Piece> = (0..9).map(|i| piece(i, i)).chain((9..30).map(|i| piece(i, i - 9))).collect();
    first.map(|first| {
        let parted = first.iter().take_while(|&&f| f < 9).count();
        let sentences =
            [Part { pieces: 0..9, words: 0..parted }, Part { pieces: 9..30, words: parted..first.len() }];
        let mut scratch = Scratch::default();
        // What an earlier batch left behind must not show.
        for _ in 0..2 {
            let batch = Batch { pieces: &pieces, first, sentences: &sentences };
            encoder.encode(Kernels::detect(), MODEL, &batch, &mut scratch);
        }
        scratch.rows.iter().map(|v| v.to_bits()).collect()
    })
}

#[test]
fn rows_that_are_not_wanted_do_not_count() {
    let all: Vec<usize> = (0..30).collect();
    let first = [1, 2, 5, 7, 10, 11, 12, 20, 28];
    let [some, all] = encoded(None, [&first, &all]);
    let wanted: Vec<u32> = first.iter().flat_map(|f| &all[f * 384..(f + 1) * 384]).copied().collect();
    assert!(some == wanted);
}

#[test]
fn words_alone_go_on_after_some_layers() {
    let first = [1, 2, 5, 7, 10, 11, 12, 20, 28];
    let [three, again] = encoded(Some(3), [&first, &first]);
    let [six, _] = encoded(Some(6), [&first, &first]);
    let [off, _] = encoded(None, [&first, &first]);
    assert_eq!(three.len(), first.len() * 384);
    assert!(three == again && six == off && three != off);
}
