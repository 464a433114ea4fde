import Foundation
import Testing

@Suite("A command that is ended or fails at any call")
struct InjectionTests {
  @Test("has as many calls as it should")
  func callsAreSeen() throws {
    for name in [Stage.Name.approve, .payments, .reconcile] {
      #expect(try Stage.named(name).calls.count >= 10, "\(name)")
    }
    for name in Stage.Name.drawing {
      let stage = try Stage.named(name)
      print("crash: \(name): \(stage.calls.count) calls that change files")
      #expect(stage.calls.count >= 100, "\(name)")
      #expect(stage.calls.map(\.number) == Array(1...stage.calls.count), "\(name)")
      let names: Set<String> = ["openat", "write", "pwrite64", "mkdir", "rename", "unlink"]
      #expect(Set(stage.calls.map(\.name)).isSuperset(of: names.union(["fsync", "fdatasync"])))
      #expect(stage.calls.contains { $0.name == "syncfs" }, "\(name)")
    }
  }

  @Test("killed before the first call", arguments: Stage.Name.allCases)
  func killedAtOnce(name: Stage.Name) throws {
    try Injection(name, .killBefore) { $0.number == 1 }.tryAll()
  }

  @Test("killed after any call, which is before the next one", arguments: Stage.Name.allCases)
  func killedAfter(name: Stage.Name) throws {
    try Injection(name, .killAfter) { _ in true }.tryAll()
  }

  @Test("killed in the middle of any write", arguments: Stage.Name.allCases)
  func killedHalfWay(name: Stage.Name) throws {
    try Injection(name, .killHalf) { $0.name.contains("write") && !$0.isTalk }.tryAll()
  }

  @Test("with an I/O error at any call", arguments: Stage.Name.allCases)
  func ioError(name: Stage.Name) throws {
    try Injection(name, .error(EIO)) { _ in true }.tryAll()
  }

  /// A full disk stays full, but for what is removed.
  @Test("with no space from any call on", arguments: Stage.Name.allCases)
  func fullDisk(name: Stage.Name) throws {
    try Injection(name, .errorFromThereOn(ENOSPC)) { _ in true }.tryAll()
  }

  @Test("on a disk that may not be written", arguments: Stage.Name.allCases)
  func readOnly(name: Stage.Name) throws {
    try Injection(name, .errorFromThereOn(EROFS)) { $0.number == 1 }.tryAll()
  }

  @Test("with writes that write less than they should", arguments: Stage.Name.allCases)
  func shortWrites(name: Stage.Name) throws {
    try Injection(name, .shortWrites) { $0.number == 1 }.tryAll()
  }
}
