#!/usr/bin/env -S node --conditions=@footlight/source --import tsx
import { command } from './command.js';
import { program } from './program.js';

await command((signal) => program(signal).parseAsync());
