#!/usr/bin/env node
import '../dist/posthorn.mjs'
