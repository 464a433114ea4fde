import ByteStreams
import TestSupport
import Testing

@Suite("Buffer of packed values")
struct PackingBufferTests {
  @Test("holds what an array of the same pieces holds", arguments: 0..<20 as Range<UInt64>)
  func likeSlowTwin(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var buffer = PackingBuffer(capacity: 1)
    for _ in 0..<3 {
      var expected: [UInt8] = []
      buffer.removeAll()
      for _ in 0..<Int.random(in: 0...200, using: &generator) {
        let value = UInt64.random(in: .min ... .max, using: &generator)
        let count = Int.random(in: 0...40, using: &generator)
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        buffer.append(value)
        buffer.append(UInt8(truncatingIfNeeded: value))
        buffer.append(text.span)
        Packing.append(value, to: &expected)
        expected.append(UInt8(truncatingIfNeeded: value))
        expected += text
      }
      #expect(buffer.count == expected.count)
      #expect(buffer.withBytes { bytes in bytes.indices.map { bytes[$0] } } == expected)
    }
  }
}
