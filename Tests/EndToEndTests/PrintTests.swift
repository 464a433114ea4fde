import Foundation
import TestSupport
import Testing

@Suite("Statements as PDF", .enabled(if: PrintedWorkspace.canDraw, "built with PAYOUT_PDF=0"))
struct PrintTests {
  /// The text of statements as it stands on their pages: one that is paid, one on hold, one with two
  /// programs, and two in Korean.
  ///
  /// With RECORD_GOLDENS set, writes it instead and fails. Spaces depend a little on fonts, so runs of
  /// them count as one.
  @Test(
    "say what is checked in", arguments: ["0048102", "0048108", "0048103", "0048105", "0048106"])
  func golden(name: String) throws {
    let root = try Self.drawn.get()
    let text = try Poppler.text(of: PrintedWorkspace.pdf(root, name))
      .replacing(#/[ ]+/#, with: " ")
    let golden = Program.root.appending(path: "samples/csp-expected/pdf/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == text)
  }

  /// Made once, and not changed.
  private static let drawn = Result { try draw() }

  private static func draw() throws -> URL {
    let root = try PrintedWorkspace.csp()
    atexit { if case .success(let made) = PrintTests.drawn { Program.remove(made) } }
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    return root
  }

  @Test("every statement is there, in the manifest, and the same when it is drawn again")
  func again() throws {
    let root = try PrintedWorkspace.csp()
    defer { Program.remove(root) }
    let outbox = root.appending(path: "outbox/2026-10")
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    let first = try Program.files(outbox)
    let names = first.keys.filter { $0.hasSuffix(".csv") && $0.hasPrefix("statements/") }
    #expect(names.count > 5)
    let manifest = String(decoding: try #require(first["run.json"]), as: UTF8.self)
    for name in names {
      let pdf = String(name.dropLast(4)) + ".pdf"
      #expect(first[pdf]?.prefix(5) == Data("%PDF-".utf8))
      #expect(manifest.contains(pdf) || manifest.contains(pdf.replacing("/", with: "\\/")))
    }
    Program.remove(outbox)
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    #expect(try Program.files(outbox) == first)
  }

  @Test("a closed period is drawn again to the same bytes, and proved")
  func closed() throws {
    let root = try PrintedWorkspace.csp()
    defer { Program.remove(root) }
    try VerifyWorkspace.addRates(root)
    try VerifyWorkspace.run(root, ["run"])
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    let outbox = root.appending(path: "outbox/2026-10")
    let published = try Program.files(outbox)
    #expect(published.keys.contains { $0.hasSuffix(".pdf") })
    Program.remove(outbox)
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    #expect(try Program.files(outbox) == published)
    // What proves it needs neither the fonts of the close nor the program that draws.
    let alone = try PrintedWorkspace.program(beside: nil)
    defer { Program.remove(alone) }
    let verify = ["verify", "--workspace", root.path]
    let result = try Program.run(at: alone.appending(path: "payout"), verify)
    #expect(result.code == 0, "\(result.talk)\(result.output)")
    // A PDF that somebody changed is found.
    let changed = outbox.appending(path: "statements/0048102.pdf")
    try (Data(contentsOf: changed) + Data("\n".utf8)).write(to: changed)
    #expect(try Program.run(verify).code != 0)
  }

  @Test("names of any kind are drawn, and what has no font is said")
  func hostileNames() throws {
    let root = try PrintedWorkspace.csp()
    defer { Program.remove(root) }
    let long = String(repeating: "L", count: 10_000)
    // Swift has no way to write it.
    let noncharacter = try #require(Unicode.Scalar(0xFDD0 as UInt32))
    try PrintedWorkspace.edit(root, "registry/partners.csv") {
      $0.replacing("Northwind Traders Inc.", with: long)
        .replacing("Fabrikam Cloud GmbH", with: "שלום (בע״מ) Ltd.")
        .replacing("Tailspin Distribution B.V.", with: "Name \u{378}\(noncharacter) end")
    }
    let result = try Program.run(["run", "--workspace", root.path])
    #expect(result.code == 1, "\(result.talk)")
    #expect(result.talk.contains("statements/0048103.pdf: no installed font has"))
    #expect(try Poppler.text(of: PrintedWorkspace.pdf(root, "0048101")).contains("שלום"))
    #expect(try Poppler.text(of: PrintedWorkspace.pdf(root, "0048103")).contains(" end"))
    // A name of any length leaves room for the rest of the page.
    let text = try Poppler.text(of: PrintedWorkspace.pdf(root, "0048102"))
    #expect(text.contains("LLL…") && text.count { $0 == "L" } < 1000)
  }
}

@Suite("Statements as PDF that cannot be drawn")
struct PrintFailureTests {
  @Test("without the program that draws, a workspace that asks for PDF is a finding")
  func missingProgram() throws {
    let directory = try PrintedWorkspace.program(beside: nil)
    let root = try PrintedWorkspace.csp()
    defer { [directory, root].forEach(Program.remove) }
    let run = ["run", "--workspace", root.path]
    let result = try Program.run(at: directory.appending(path: "payout"), run)
    #expect(result.code == 78)
    #expect(result.talk.contains("X901"))
    #expect(result.talk.contains("the format pdf needs the program payout-pdf beside payout"))
    #expect(result.talk.contains("PAYOUT_PDF=0"))
    #expect(!FileManager.default.fileExists(atPath: root.path + "/outbox/2026-10"))
  }

  @Test(
    "a closed period whose PDFs are gone wants that program back, and no backup",
    .enabled(if: PrintedWorkspace.canDraw, "built with PAYOUT_PDF=0"))
  func missingAtVerify() throws {
    let directory = try PrintedWorkspace.program(beside: nil)
    let root = try PrintedWorkspace.csp()
    defer { [directory, root].forEach(Program.remove) }
    try VerifyWorkspace.addRates(root)
    try VerifyWorkspace.run(root, ["run"])
    try VerifyWorkspace.run(root, ["close", "2026-10"])
    let outbox = root.appending(path: "outbox/2026-10")
    #expect(FileManager.default.fileExists(atPath: outbox.path))
    Program.remove(outbox)
    let result = try Program.run(
      at: directory.appending(path: "payout"), ["verify", "--workspace", root.path])
    let said = result.output + result.talk
    #expect(result.code == 65, "\(said)")
    #expect(said.contains("Put payout-pdf of the same build beside payout"), "\(said)")
    #expect(!said.contains("backup"), "\(said)")
  }

  @Test(
    "a logo that PDFs do not have is told once",
    .enabled(if: PrintedWorkspace.canDraw, "built with PAYOUT_PDF=0"))
  func logoForScreens() throws {
    let root = try PrintedWorkspace.csp()
    defer { Program.remove(root) }
    try PrintedWorkspace.edit(root, "payout.yaml") { $0 + "\nstatements: {logo: logo.svg}\n" }
    try Data("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8).write(
      to: root.appending(path: "logo.svg"))
    let result = try Program.run(["run", "--workspace", root.path])
    #expect(
      result.talk.matches(of: #/PDF have no logo: it is of the kind svg/#).count == 1,
      "\(result.talk)")
  }

  @Test("other formats need no such program, and do not start it")
  func notStarted() throws {
    let root = try PrintedWorkspace.csp("csv, html, xml")
    let marker = root.appending(path: "started")
    let directory = try PrintedWorkspace.program(beside: ": > '\(marker.path)'")
    defer { [directory, root].forEach(Program.remove) }
    let result = try Program.run(
      at: directory.appending(path: "payout"), ["run", "--workspace", root.path])
    #expect(result.code == 1, "\(result.talk)")
    #expect(FileManager.default.fileExists(atPath: root.path + "/outbox/2026-10/run.json"))
    #expect(!FileManager.default.fileExists(atPath: marker.path))
  }

  @Test(
    "a program that ends or answers nonsense ends the run, and nothing is published",
    arguments: [
      ("exit 3", "it ended with exit code 3"), ("kill -9 $$", "it ended with signal 9"),
      ("head -c 100 >/dev/null; kill -11 $$", "it ended with signal 11"),
      (#"printf '\003\000\000\000abc'; sleep 60"#, "its answer cannot be read"),
      (#"printf '\377\377\377\377'; sleep 60"#, "it announced a message of 4294967295 bytes"),
      (#"printf '\006\000\000\000\001\001\000\000\000x'; sleep 60"#, "could not be drawn: x"),
    ])
  func broken(script: String, message: String) throws {
    let directory = try PrintedWorkspace.program(beside: script)
    let root = try PrintedWorkspace.csp()
    defer { [directory, root].forEach(Program.remove) }
    let inbox = try FileManager.default.contentsOfDirectory(atPath: root.path + "/inbox").sorted()
    let result = try Program.run(
      at: directory.appending(path: "payout"), ["run", "--workspace", root.path])
    #expect(result.code == 74, "\(result.talk)")
    #expect(result.talk.contains(message), "\(result.talk)")
    #expect(result.talk.contains("nothing was published"))
    #expect(!FileManager.default.fileExists(atPath: root.path + "/outbox/2026-10"))
    let after = try FileManager.default.contentsOfDirectory(atPath: root.path + "/inbox").sorted()
    #expect(after == inbox)
  }
}
