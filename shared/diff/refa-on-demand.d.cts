export declare function loadRefa(): typeof import("refa");
