// Run one reader of npm over many files; the same talk as text_worker.py.
//   node node_worker.cjs READER FOLDER < paths (JSON) > results (one JSON object a line)
// FOLDER is where the packages were installed.
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const load = createRequire(path.join(path.resolve(process.argv[3]), "package.json"));
const say = (result) => fs.writeSync(1, JSON.stringify(result) + "\n");

// What readers log must not stand among the results.
console.log = console.info = console.debug = () => {};

function officeparser() {
  const { parseOffice } = load("officeparser");
  return async (file) => (await parseOffice(file)).toText();
}

function resumeParser() {
  const folder = path.dirname(load.resolve("resume-parser/package.json"));
  const inner = createRequire(path.join(folder, "package.json"));
  // It would fetch the pages of profiles it finds; nothing of a CV goes out.
  const request = inner.resolve("request");
  inner.cache[request] = {
    id: request, filename: request, loaded: true,
    exports: (_url, answer) => setImmediate(answer, new Error("offline")),
  };
  inner("tracer").colorConsole = () => ({ trace() {}, error() {}, log() {}, info() {} });
  const processing = inner("./src/utils/libs/processing");
  const parser = inner("./src/utils/libs/parser");
  return (file) =>
    new Promise((resolve, reject) => {
      processing.runFile(file, (prepared, error) => {
        if (error) return reject(error);
        parser.parse(prepared, (resume) => {
          const found = resume.parts;
          resolve({
            name: found.name || "",
            emails: [found.email || ""],
            jobs: [found.experience || ""],
            education: [found.education || ""],
          });
        });
      });
    });
}

async function main() {
  const files = JSON.parse(fs.readFileSync(0, "utf8"));
  let read;
  try {
    read = { officeparser, "resume-parser": resumeParser }[process.argv[2]]();
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    return say({ absent: error.message.split("\n")[0] });
  }
  for (const file of files) {
    try {
      say({ path: file, got: await read(file) });
    } catch (error) {
      say({ path: file, error: String(error) });
    }
  }
}

main().then(() => process.exit(0));
