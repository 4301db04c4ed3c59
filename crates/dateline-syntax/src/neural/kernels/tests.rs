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
        let mut offsets = vec![0; outputs];
        for (b, block) in weights.chunks_exact(k * LANES).enumerate() {
            for (i, w) in block.iter().enumerate() {
                offsets[b * LANES + i / 4 % LANES] -= 128 * i32::from(*w as i8);
            }
        }
        let layer = Linear {
            weights: 0..weights.len(),
            scales: numbers.floats(outputs),
            bias: numbers.floats(outputs),
            offsets,
            rows: outputs,
            inputs: k,
            gelu_from: outputs / 2 / LANES * LANES,
        };
        let input = numbers.floats(rows * k);
        let run = |kernels: Kernels| {
            let mut quantised = Quantised::default();
            quantised.fill(kernels, &input, 0, k, k);
            let mut output = Vec::new();
            layer.apply(kernels, &weights, &quantised, &mut output);
            let more = output.clone();
            kernels.add_and_normalise(&mut output, &more, &layer.scales, &layer.bias);
            kernels.normalise(&mut output, &layer.bias, &layer.scales);
            kernels.add_row(&mut output[..outputs], &weights[..outputs], 0.37);
            let sum = kernels.dot(&output, &more);
            kernels.add_scaled(&mut output[..outputs], &more, &layer.scales[..rows.min(outputs)]);
            output.push(sum);
            output.iter().map(|f| f.to_bits()).collect::<Vec<_>>()
        };
        let portable = run(Kernels(Level::Portable));
        for kernels in Kernels::available() {
            assert!(run(kernels) == portable, "{kernels:?} {rows}x{outputs}x{k}");
        }
    }
    for n in [1, 5, 33] {
        let (gates, rows) = (numbers.floats(n * 3 * 64), numbers.floats(n * 64));
        let run = |kernels: Kernels| {
            let mut rows = rows.clone();
            kernels.carry(&gates, &mut rows, 64, &mut Vec::new());
            rows.iter().map(|f| f.to_bits()).collect::<Vec<_>>()
        };
        for kernels in Kernels::available() {
            assert_eq!(run(kernels), run(Kernels(Level::Portable)));
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
