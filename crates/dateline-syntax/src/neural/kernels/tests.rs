use super::*;

/// Numbers that look random and are the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn floats(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| (self.next() % 2001) as f32 / 250.0 - 4.0).collect()
    }
}

#[test]
fn every_level_gives_the_same_bits() {
    let mut numbers = Numbers(7);
    for (rows, outputs, k) in [(1, 16, 4), (7, 48, 384), (8, 48, 96), (19, 80, 384), (33, 112, 256)] {
        let weights: Vec<u8> =
            (0..outputs * k).map(|_| (numbers.next() % 255) as u8).map(|b| b.wrapping_sub(127)).collect();
        let mut sums = vec![0; outputs];
        for (b, block) in weights.chunks_exact(k * LANES).enumerate() {
            for (i, w) in block.iter().enumerate() {
                sums[b * LANES + i / 4 % LANES] += i32::from(*w as i8);
            }
        }
        let layer = Linear {
            weights: 0..weights.len(),
            scales: numbers.floats(outputs),
            bias: numbers.floats(outputs),
            sums,
            rows: outputs,
            inputs: k,
        };
        let input = numbers.floats(rows * k);
        let run = |kernels: Kernels| {
            let mut quantised = Quantised::default();
            quantised.fill(kernels, &input, 0, k, k);
            let mut output = Vec::new();
            layer.apply(kernels, &weights, &quantised, &mut output);
            kernels.gelu(&mut output);
            let more = output.clone();
            kernels.add_and_normalise(&mut output, &more, &layer.scales, &layer.bias);
            output.iter().map(|f| f.to_bits()).collect::<Vec<_>>()
        };
        let portable = run(Kernels(Level::Portable));
        for kernels in Kernels::available() {
            assert!(run(kernels) == portable, "{kernels:?} {rows}x{outputs}x{k}");
        }
    }
    for n in [1, 2, 15, 16, 17, 40] {
        let (queries, key_values) = (numbers.floats(n * 96), numbers.floats(n * 2 * 96));
        let run = |kernels: Kernels| {
            let mut out = vec![0.0; n * 96];
            kernels.attention(&queries, &key_values, 96, &mut AttentionScratch::default(), &mut out);
            out.iter().map(|f| f.to_bits()).collect::<Vec<_>>()
        };
        for kernels in Kernels::available() {
            assert_eq!(run(kernels), run(Kernels(Level::Portable)));
        }
    }
}

#[test]
fn products_of_extremes_are_exact() {
    let (values, weights) = (vec![255u8; 384 * 8], vec![129u8; 384 * 48]); // 129 is -127
    let mut tile: Tile = [[[0; LANES]; TILE_BLOCKS]; TILE_ROWS];
    products(&values, &weights, 384, &mut tile);
    assert_eq!(tile[7][2][15], -127 * 255 * 384);
}
