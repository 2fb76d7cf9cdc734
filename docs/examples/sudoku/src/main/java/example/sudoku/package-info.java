/**
 * Sudoku as a plugin: puzzles and their files, the modality, its data, and what the command line
 * shows of them.
 */
package example.sudoku;
