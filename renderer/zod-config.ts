import { z } from "zod";

// zod tries `new Function` to make its checks faster; the page's content policy refuses that. This file is imported
// before every schema, because schemas decide when they are made.
z.config({ jitless: true });
