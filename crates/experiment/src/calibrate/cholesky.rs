//! A symmetric positive matrix A as L·Lᵀ, L lower triangular: equations and determinants for little.

/// The factor L.
#[derive(Clone, Debug)]
pub(super) struct Cholesky {
    size: usize,
    /// Row by row, the whole square.
    lower: Vec<f64>,
}

impl Cholesky {
    /// Of a matrix given row by row, of which the lower triangle is read; none where it is not positive.
    pub fn of(size: usize, mut matrix: Vec<f64>) -> Option<Self> {
        for row in 0..size {
            for column in 0..=row {
                let (a, b) = (row * size, column * size);
                let known: f64 = matrix[a..a + column]
                    .iter()
                    .zip(&matrix[b..b + column])
                    .map(|(a, b)| a * b)
                    .sum();
                let left = matrix[a + column] - known;
                if row > column {
                    matrix[a + column] = left / matrix[b + column];
                } else if left > 0.0 {
                    matrix[a + column] = left.sqrt();
                } else {
                    return None;
                }
            }
        }
        Some(Cholesky { size, lower: matrix })
    }

    /// L⁻¹·v, in place.
    fn half_solve(&self, v: &mut [f64]) {
        for row in 0..self.size {
            let of_row = &self.lower[row * self.size..][..=row];
            let known: f64 = of_row[..row].iter().zip(&v[..row]).map(|(a, b)| a * b).sum();
            v[row] = (v[row] - known) / of_row[row];
        }
    }

    /// A⁻¹·v.
    pub fn solve(&self, v: &[f64]) -> Vec<f64> {
        let mut x = v.to_vec();
        self.half_solve(&mut x);
        for row in (0..self.size).rev() {
            x[row] /= self.lower[row * self.size + row];
            let solved = x[row];
            let of_row = &self.lower[row * self.size..][..row];
            x[..row].iter_mut().zip(of_row).for_each(|(x, a)| *x -= a * solved);
        }
        x
    }

    /// vᵀ·A⁻¹·v.
    pub fn form(&self, v: &[f64]) -> f64 {
        let mut x = v.to_vec();
        self.half_solve(&mut x);
        x.iter().map(|x| x * x).sum()
    }

    /// Logarithm of A's determinant.
    pub fn log_determinant(&self) -> f64 {
        (0..self.size).map(|at| 2.0 * libm::log(self.lower[at * self.size + at])).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: A = [[4, 2], [2, 3]], A⁻¹ = [[3, −2], [−2, 4]] / 8.
    #[test]
    fn a_small_system_is_solved_as_by_hand() {
        let factor = Cholesky::of(2, vec![4.0, f64::NAN, 2.0, 3.0]).unwrap();
        let x = factor.solve(&[1.0, 2.0]);
        assert!((x[0] + 0.125).abs() < 1e-12 && (x[1] - 0.75).abs() < 1e-12, "{x:?}");
        assert!((factor.form(&[1.0, 2.0]) - 1.375).abs() < 1e-12);
        assert!((factor.log_determinant() - libm::log(8.0)).abs() < 1e-12);
        assert!(Cholesky::of(2, vec![1.0, 0.0, 2.0, 4.0]).is_none());
    }
}
