/** How the picture was taken. */
export const captures = ['photo', 'scan'] as const;

/** What was done to the print before: nothing, or a copy of it. */
export const reproductions = ['colour', 'grey', 'black-and-white', 'infrared', 'faded', 'offset'] as const;
export type Reproduction = (typeof reproductions)[number];

/** The lid of the scanner, or the ground that a program filled in. */
export const grounds = ['white', 'grey', 'black', 'colour'] as const;
export type Ground = (typeof grounds)[number];
