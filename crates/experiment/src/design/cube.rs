//! Points of the unit cube: Latin hypercube, Sobol' numbers, Morris trajectories, Saltelli's blocks.
//! Each point is a list of places from 0 to 1, one for each axis.

use super::super::draws::{Purpose, stream, uniform};
use rand::{Rng, RngExt};
use sobol_burley::parts::{owen_scramble_rev, sobol_rev};

/// Direction numbers reach this many dimensions; Sobol' indices use two for each axis.
pub(crate) const MOST_SOBOL_DIMENSIONS: u32 = sobol_burley::NUM_DIMENSIONS;
/// The direction numbers kept reach 2¹⁶ points.
pub(crate) const MOST_SOBOL_POINTS: u32 = 1 << 16;

/// Point `index` of the Sobol' sequence in `dimension` (both from 0) as a fraction of 2³², in the
/// order of Joe and Kuo (2008), which is that of the Gray code; its bits in reverse order.
fn reversed_sobol_number(index: u32, dimension: u32) -> u32 {
    assert!(index < MOST_SOBOL_POINTS, "the direction numbers kept reach 65,536 points");
    let gray = index ^ (index >> 1);
    sobol_rev(gray.reverse_bits(), dimension)
}

/// The first `count` points, scrambled after Owen (1998) by the hash of Laine and Karras as improved
/// by Vegdahl: every power of two of them stays one to a cell, no point lies on an edge, and the
/// first is kept, as Owen (2020) shows it should be. More points begin with the same ones.
pub(crate) fn sobol(count: u32, axes: u32, seed: u64) -> Vec<Vec<f64>> {
    let scrambles: Vec<u32> = (0..axes)
        .map(|axis| stream(seed, Purpose::SobolScramble, axis.into()).next_u32())
        .collect();
    let place = |index, axis: u32| {
        let number = reversed_sobol_number(index, axis);
        let scrambled = owen_scramble_rev(number, scrambles[axis as usize]).reverse_bits();
        (f64::from(scrambled) + 0.5) / 4_294_967_296.0
    };
    (0..count).map(|index| (0..axes).map(|axis| place(index, axis)).collect()).collect()
}

/// One point at random in each of `count` equal slices of every axis, the slices of different axes
/// put together at random. Another axis at the end leaves the earlier ones as they were.
pub(super) fn latin_hypercube(count: u32, axes: u32, seed: u64) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::with_capacity(axes as usize); count as usize];
    for axis in 0..axes {
        let mut rng = stream(seed, Purpose::LatinHypercube, axis.into());
        let mut slices: Vec<u32> = (0..count).collect();
        for end in (1..count).rev() {
            slices.swap(end as usize, rng.random_range(0..=end) as usize);
        }
        for (point, slice) in points.iter_mut().zip(slices) {
            point.push((f64::from(slice) + uniform(&mut rng)) / f64::from(count));
        }
    }
    points
}

/// Trajectories after Morris (1991): each starts at a random corner of the grid of `levels` values
/// and moves every axis once, in random order, by Δ = levels/(2(levels − 1)) up or down, whichever
/// stays inside. Points in order of trajectory, then of step. More trajectories begin with the same.
pub(super) fn morris(trajectories: u32, levels: u32, axes: u32, seed: u64) -> Vec<Vec<f64>> {
    let intervals = f64::from(levels - 1);
    let mut points = Vec::new();
    for trajectory in 0..trajectories {
        let mut rng = stream(seed, Purpose::MorrisTrajectory, trajectory.into());
        let mut at: Vec<u32> = (0..axes).map(|_| rng.random_range(0..levels)).collect();
        let mut order: Vec<usize> = (0..axes as usize).collect();
        for end in (1..axes).rev() {
            order.swap(end as usize, rng.random_range(0..=end) as usize);
        }
        let point = |at: &[u32]| at.iter().map(|&level| f64::from(level) / intervals).collect();
        points.push(point(&at));
        for axis in order {
            let half = levels / 2;
            at[axis] = if at[axis] >= half { at[axis] - half } else { at[axis] + half };
            points.push(point(&at));
        }
    }
    points
}

/// Saltelli's (2010) blocks from Sobol' numbers in twice as many dimensions: for each base point the
/// row A, then A with one axis taken from B for each axis in turn, then B. More base points begin
/// with the same.
pub(super) fn saltelli(base_points: u32, axes: u32, seed: u64) -> Vec<Vec<f64>> {
    let mut points = Vec::new();
    for both in sobol(base_points, 2 * axes, seed) {
        let (a, b) = both.split_at(axes as usize);
        points.push(a.to_vec());
        for axis in 0..axes as usize {
            let mut mixed = a.to_vec();
            mixed[axis] = b[axis];
            points.push(mixed);
        }
        points.push(b.to_vec());
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_units::whole_part;

    fn fraction(index: u32, dimension: u32) -> f64 {
        f64::from(reversed_sobol_number(index, dimension).reverse_bits()) / 4_294_967_296.0
    }

    /// The points that `sobol.cc` of Joe and Kuo prints for `new-joe-kuo-6.21201`; also
    /// `scipy.stats.qmc.Sobol(6, scramble=False).random(8)`, SciPy 1.17.1.
    #[test]
    fn the_first_sobol_points_are_those_of_joe_and_kuo() {
        let wanted = [
            [0.0; 6],
            [0.5; 6],
            [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
            [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
            [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
            [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
        ];
        for (index, point) in (0..).zip(wanted) {
            for (dimension, place) in (0..).zip(point) {
                assert_eq!(fraction(index, dimension), place, "point {index}, axis {dimension}");
            }
        }
    }

    /// Columns 0, 1, 50, 100 and 199 of points 4095 and 1000 of
    /// `scipy.stats.qmc.Sobol(200, scramble=False).random(4096)`, SciPy 1.17.1.
    #[test]
    fn late_sobol_points_in_high_dimensions_are_those_of_scipy() {
        let dimensions = [0, 1, 50, 100, 199];
        let last = [2.44140625e-4, 0.941162109375, 0.465087890625, 0.344970703125, 0.830322265625];
        let middle = [0.2197265625, 0.0966796875, 0.3525390625, 0.7685546875, 0.8427734375];
        assert_eq!(dimensions.map(|dimension| fraction(4095, dimension)), last);
        assert_eq!(dimensions.map(|dimension| fraction(1000, dimension)), middle);
    }

    #[test]
    fn scrambled_sobol_points_stay_one_to_a_cell() {
        for seed in 1..20 {
            let points = sobol(64, 5, seed);
            for axis in 0..5 {
                let mut cells: Vec<u32> =
                    points.iter().map(|point| whole_part(point[axis] * 64.0)).collect();
                cells.sort_unstable();
                assert_eq!(cells, (0..64).collect::<Vec<u32>>());
            }
            let mut squares: Vec<(u32, u32)> =
                points.iter().map(|p| (whole_part(p[0] * 8.0), whole_part(p[1] * 8.0))).collect();
            squares.sort_unstable();
            squares.dedup();
            assert_eq!(squares.len(), 64);
        }
        assert_ne!(sobol(4, 2, 1), sobol(4, 2, 2));
        assert_eq!(sobol(64, 3, 1)[..16], sobol(16, 3, 1));
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_slice_of_every_axis() {
        let points = latin_hypercube(25, 4, 3);
        for axis in 0..4 {
            let mut slices: Vec<u32> =
                points.iter().map(|point| whole_part(point[axis] * 25.0)).collect();
            assert!(slices.windows(2).any(|pair| pair[0] > pair[1]), "shuffled");
            slices.sort_unstable();
            assert_eq!(slices, (0..25).collect::<Vec<u32>>());
        }
        assert_eq!(points, latin_hypercube(25, 4, 3));
        assert_ne!(points, latin_hypercube(25, 4, 4));
        let fewer_axes = latin_hypercube(25, 2, 3);
        assert!(points.iter().zip(&fewer_axes).all(|(more, fewer)| more[..2] == fewer[..]));
    }

    #[test]
    fn slices_are_put_together_in_every_way_equally_often() {
        let mut times = [0; 6];
        for seed in 0..6000 {
            let order: Vec<u32> = latin_hypercube(3, 1, seed)
                .iter()
                .map(|point| whole_part(point[0] * 3.0))
                .collect();
            let ways = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
            times[ways.iter().position(|way| *way == order[..]).unwrap()] += 1;
        }
        // Four standard errors of a count of 1,000 in 6,000 are 115.
        assert!(times.iter().all(|&count: &i32| (count - 1000).abs() < 116), "{times:?}");
    }

    #[test]
    fn a_morris_trajectory_moves_every_axis_once_by_delta_and_stays_inside() {
        let (axes, levels) = (6, 8);
        let points = morris(20, levels, axes, 5);
        assert_eq!(points.len(), 20 * 7);
        let delta = 8.0 / 14.0;
        for trajectory in points.chunks(7) {
            let mut moved = Vec::new();
            for step in trajectory.windows(2) {
                let changed: Vec<usize> = (0..6).filter(|&i| step[0][i] != step[1][i]).collect();
                assert_eq!(changed.len(), 1);
                let distance = (step[1][changed[0]] - step[0][changed[0]]).abs();
                assert!((distance - delta).abs() < 1e-12);
                moved.push(changed[0]);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5]);
        }
        assert!(points.iter().flatten().all(|place| (0.0..=1.0).contains(place)));
        assert_eq!(morris(3, levels, axes, 5)[..], points[..21]);
    }

    #[test]
    fn a_mixed_row_differs_from_its_a_row_in_one_axis_taken_from_b() {
        for block in saltelli(8, 3, 2).chunks(5) {
            let (a, b) = (&block[0], &block[4]);
            for axis in 0..3 {
                for other in 0..3 {
                    let source = if other == axis { b } else { a };
                    assert_eq!(block[1 + axis][other], source[other]);
                }
            }
        }
    }
}
