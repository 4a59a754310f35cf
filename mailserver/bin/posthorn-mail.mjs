#!/usr/bin/env node
import '../dist/posthorn-mail.mjs'
