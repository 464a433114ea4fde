import Logging

/// Log lines on standard error: nothing but warnings unless `--verbose`.
enum CommandLogger {
  static func make(verbose: Bool) -> Logger {
    var logger = Logger(label: "payout") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = verbose ? .info : .warning
    return logger
  }
}
