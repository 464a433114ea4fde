import ArgumentParser
import Domain
import Glibc
import Pipeline

/// Standard output for data, standard error for talk.
enum Terminal {
  /// What was asked for, on standard output; ends the program with 74 where it cannot be written, as an
  /// empty file would be taken for an answer.
  static func data(_ text: String) {
    guard !write(Array(text.utf8), to: 1) else { return }
    talk(reason(lost + "; what the command did stays done"))
    exit(RunFailure.Code.inputOutput.rawValue)
  }

  /// A line that only repeats what was published.
  static func summary(_ text: String) {
    if !write(Array(text.utf8), to: 1) { talk(reason(lost)) }
  }

  private static var lost: String {
    "cannot write standard output: " + (unsafe String(cString: strerror(errno)))
  }

  static func talk(_ text: String) {
    write(Array(text.utf8), to: 2)
  }

  /// A piece of a document on standard output, which has to be whole.
  ///
  /// - Throws: ``RunFailure`` if it cannot be written.
  static func document(_ bytes: [UInt8]) throws {
    guard write(bytes, to: 1) else {
      throw RunFailure(.inputOutput, lost)
    }
  }

  /// Why a command ends, in a line.
  static func reason(_ message: String) -> String {
    "payout: " + SafeText.escaped(message) + "\n"
  }

  /// Says why a command ends, and ends it.
  static func fail(_ failure: RunFailure, _ view: FindingView) -> Never {
    for finding in failure.findings { talk(view.render(finding)) }
    talk(reason(failure.message))
    if failure.code == .interrupted { Interruption.end() }
    exit(failure.code.rawValue)
  }

  /// Whether a descriptor, by default standard error, may be coloured.
  static func usesColor(_ choice: ColorChoice, descriptor: Int32 = 2) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: unsafe getenv("NO_COLOR") == nil && isatty(descriptor) == 1
    }
  }

  /// How many cells a line of a descriptor, by default standard output, has: what COLUMNS says, else the
  /// terminal, else 80.
  static func columns(of descriptor: Int32 = 1) -> Int {
    if let named = unsafe getenv("COLUMNS"), let columns = unsafe Int(String(cString: named)) {
      return min(max(columns, 60), 400)
    }
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return min(max(Int(size.ws_col), 60), 400)
  }

  /// - Returns: Whether all of it was written.
  @discardableResult
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { raw in
        unsafe Glibc.write(descriptor, raw.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      done += written
    }
    return true
  }
}
