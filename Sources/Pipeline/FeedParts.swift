import Domain
import Feeds

/// Which parts of feeds that come in several files are here.
///
/// A part is taken in only when all of them are taken in, now or before: half a feed would be paid as
/// if it were whole.
struct FeedParts {
  /// By the name of the file.
  private var parts: [String: FeedPart] = [:]
  private let taken: Set<String>

  /// - Parameters:
  ///   - files: In the inbox.
  ///   - taken: The ids of the feeds taken in.
  init(_ files: [FeedFile], taken: [String]) {
    self.taken = Set(taken)
    for file in files {
      // What cannot be read is refused when it is taken.
      if let part = try? FeedReading.part(of: file) { parts[file.name] = part }
    }
  }

  /// What keeps a file from being taken in: F119, or nil.
  func missing(_ file: String) -> Finding? {
    guard let part = parts[file] else { return nil }
    guard part.isPossible else {
      return Finding(
        .F119, feed: file,
        message: "\(FeedParts.shown(part)): there is no such part; a feed has at most"
          + " \(FeedPart.countMax)")
    }
    guard let numbers = numbers(of: part, without: parts.values.map(\.feedId)) else { return nil }
    return Finding(.F119, feed: file, message: "\(FeedParts.shown(part)), without part \(numbers)")
  }

  /// What keeps files out that are well by themselves: another part of their feed was refused.
  ///
  /// - Parameter files: All that were not refused.
  /// - Returns: F119 by the name of the file.
  func heldBack(_ files: [String]) -> [String: Finding] {
    let accepted = files.compactMap { parts[$0]?.feedId }
    var findings: [String: Finding] = [:]
    for file in files {
      guard let part = parts[file], let numbers = numbers(of: part, without: accepted) else {
        continue
      }
      findings[file] = Finding(
        .F119, feed: file,
        message: "\(FeedParts.shown(part)), of which part \(numbers) is refused",
        remedy: "Nothing is wrong with this file, and it stays in the inbox. Mend or replace the"
          + " part that is refused, by its own findings, and run again: all parts are taken in"
          + " together.")
    }
    return findings
  }

  private static func shown(_ part: FeedPart) -> String {
    "part \(part.number) of \(part.count) of \(SafeText.shown(part.group))"
  }

  /// The numbers of the parts that are neither among the ids nor in the ledger; nil if there are none.
  private func numbers(of part: FeedPart, without ids: [String]) -> String? {
    let here = taken.union(ids)
    let all = part.feedIds
    let missing = all.indices.filter { !here.contains(all[$0]) }
    guard !missing.isEmpty else { return nil }
    return missing.prefix(10).map { String($0 + 1) }.joined(separator: ", ")
      + (missing.count > 10 ? " and others" : "")
  }
}
