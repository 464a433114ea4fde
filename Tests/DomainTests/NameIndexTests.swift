import Domain
import TestSupport
import Testing

@Suite("Finding names by their bytes")
struct NameIndexTests {
  @Test("agrees with a dictionary", arguments: UInt64(1)...4)
  func dictionary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var index = NameIndex()
    var expected: [[UInt8]: Int] = [:]
    for number in 0..<3000 {
      // Short names over few letters, so that many come twice.
      let length = Int.random(in: 0...5, using: &generator)
      let name = String((0..<length).compactMap { _ in "abc0".randomElement(using: &generator) })
      let isNew = expected[Array(name.utf8)] == nil
      let inserted = index.insert(name, number: number)
      #expect(inserted == isNew)
      // The first number stays.
      if isNew { expected[Array(name.utf8)] = number }
    }
    #expect(index.count == expected.count)
    for (name, number) in expected { #expect(index.find(name.span) == number) }
    #expect(index.find("abcd") == nil)
  }

  @Test("neither case, blanks nor Unicode forms are folded")
  func bytes() {
    var index = NameIndex()
    #expect(index.find("") == nil)
    index.insert("é", number: 1)
    index.insert("0048123", number: 2)
    // The same letter as e and an accent; Swift's own strings would be equal.
    #expect(index.find("e\u{301}") == nil)
    index.insert("e\u{301}", number: 3)
    #expect(index.find("e\u{301}") == 3)
    #expect(index.find("é") == 1)
    // Leading zeros count.
    #expect(index.find("48123") == nil)
    #expect(index.find("0048123 ") == nil)
    #expect(index.find("É") == nil)
  }

  @Test("byte order is not alphabetical order")
  func order() {
    // Capitals before small letters, longer after shorter, é (C3 A9) after z.
    let sorted = ["", "A", "B", "a", "aa", "b", "z", "é"]
    #expect(sorted.reversed().sorted(by: precedesInBytes) == sorted)
  }
}
