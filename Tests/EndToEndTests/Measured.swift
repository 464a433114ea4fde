import Foundation
import Testing

/// What a run of the program took.
struct Measured {
  let code: Int32
  let output: String
  let talk: String
  /// The most memory that it held, in KiB.
  let peakKiB: Int
  /// Of user and system, in hundredths of a second.
  let ticks: Int

  /// Runs the program and looks at it every few milliseconds until it ends.
  ///
  /// What the kernel reports of an ended child (`ru_maxrss`) is at least what its parent held when
  /// it started it, and the tests hold more than the program may; so the peak is read from /proc.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Measured {
    var peakKiB = 0
    var ticks = 0
    let result = try Program.run(arguments, environment: environment) { process in
      while process.isRunning {
        let directory = "/proc/\(process.processIdentifier)/"
        peakKiB = max(peakKiB, peak(directory + "status"))
        ticks = max(ticks, time(directory + "stat"))
        usleep(3000)
      }
    }
    return Measured(
      code: result.code, output: result.output, talk: result.talk, peakKiB: peakKiB, ticks: ticks)
  }

  private static func peak(_ path: String) -> Int {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let match = text.firstMatch(of: #/VmHWM:\s+(\d+) kB/#)
    else { return 0 }
    return Int(match.1) ?? 0
  }

  private static func time(_ path: String) -> Int {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return 0 }
    // The fields after the name: the state is the first, both times are the 12th and 13th.
    let fields = text[end...].split(separator: " ").dropFirst().map(String.init)
    guard fields.count > 12 else { return 0 }
    return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
  }
}
