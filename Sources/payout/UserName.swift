import Domain
import Glibc
import Pipeline

/// Who runs a command.
enum UserName {
  /// The user that is named, by an option or by `PAYOUT_USER`; else that of the operating system.
  ///
  /// - Throws: ``RunFailure`` with code 64 if the name can be no user's.
  static func current(_ named: String?) throws(RunFailure) -> String {
    let name = named ?? variable("PAYOUT_USER") ?? system
    guard Approver.isUserId(name) else {
      throw RunFailure(
        .usage, "a user has at most 64 letters, digits, -, _ and ., not \(SafeText.shown(name))")
    }
    return name
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  private static var system: String {
    let number = getuid()
    let entry = unsafe getpwuid(number)
    guard let name = unsafe entry?.pointee.pw_name else { return "uid-\(number)" }
    return unsafe String(cString: name)
  }
}
