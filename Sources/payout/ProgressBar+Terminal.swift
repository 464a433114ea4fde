import Glibc
import Pipeline

extension ProgressBar {
  /// The bar for a command's standard error.
  ///
  /// Only people see it: there is none where standard error is no terminal, as under cron, or where
  /// it is kept as a log, as in CI, and none beside log lines.
  ///
  /// - Returns: Nil where nobody looks on.
  static func make(_ options: CommonOptions) -> ProgressBar? {
    guard !options.quiet, !options.verbose, isatty(2) == 1, value(of: "CI").isEmpty,
      value(of: "TERM") != "dumb"
    else { return nil }
    return ProgressBar(columns: Terminal.columns(of: 2), write: Terminal.talk)
  }

  private static func value(of variable: String) -> String {
    guard let value = unsafe getenv(variable) else { return "" }
    return unsafe String(cString: value)
  }
}
