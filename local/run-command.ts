import { spawn } from "node:child_process";
import { LocalCommandError } from "./errors.ts";

/** How much of a failed command's output its error carries, in characters. */
const maxOutputChars = 4_000;

export type Command = {
  /** What the command is for, as the subject of an error sentence: "Installing the emulator". */
  purpose: string;
  file: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
};

/**
 * Runs a program to its end and returns what it wrote to standard output. Standard error is kept for the message of a
 * failure.
 * @throws LocalCommandError when it cannot be started or exits with another code than 0.
 */
export function runCommand(command: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, [...command.args], {
      cwd: command.cwd,
      env: command.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      all += text;
    });
    child.once("error", (error) => reject(new LocalCommandError(`${command.purpose} failed: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(stdout);
      else {
        const how = code === null ? `was ended by ${signal}` : `failed with exit code ${code}`;
        reject(new LocalCommandError(`${command.purpose} ${how}:\n${all.slice(-maxOutputChars).trim()}`));
      }
    });
  });
}
