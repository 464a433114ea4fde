import Testing
import Workers

@Suite("Workers")
struct WorkerTests {
  private struct Fault: Error, Equatable {
    var number: Int
  }

  @Test("a worker hands back what it made")
  func value() throws {
    let worker = try #require(Worker.start { (1...1000).reduce(0, +) })
    #expect(try worker.join() == 500_500)
  }

  @Test("what a worker throws reaches whoever waits for it")
  func fault() throws {
    let worker = try #require(Worker<Int>.start { throw Fault(number: 7) })
    #expect(throws: Fault(number: 7)) { try worker.join() }
  }

  @Test("a value is made beside other work or when it is asked for", arguments: [1, 2])
  func later(threads: Int) {
    let later = Later(threads: threads) { 42 }
    #expect(later.value() == 42)
  }
}

@Suite("Pipes")
struct PipeTests {
  @Test("values arrive in their order, however many are held", arguments: [2, 3, 8, 64])
  func order(capacity: Int) throws {
    let pipe = Pipe<Int>(capacity: capacity)
    let sender = try #require(
      Worker.start {
        for number in 0..<10_000 where !pipe.send(number) { return }
        pipe.close()
      })
    var received: [Int] = []
    while let number = pipe.receive() { received.append(number) }
    try sender.join()
    #expect(received == Array(0..<10_000))
  }

  @Test("nothing is sent to nobody: the sender is told")
  func abandoned() throws {
    let pipe = Pipe<Int>(capacity: 2)
    let sender = try #require(
      Worker.start { () -> Int in
        var sent = 0
        while pipe.send(sent) { sent += 1 }
        return sent
      })
    #expect(pipe.receive() == 0)
    pipe.abandon()
    // It had sent what was received and at most what fits, and one more than was received.
    #expect(try sender.join() <= 4)
  }

  @Test("what is given back is filled anew")
  func used() {
    let pipe = Pipe<[Int]>(capacity: 2)
    #expect(pipe.takeUsed() == nil)
    pipe.giveBack([1])
    #expect(pipe.takeUsed() == [1])
    #expect(pipe.takeUsed() == nil)
  }
}

@Suite("Ordered work")
struct OrderedWorkTests {
  @Test("results come in the order of the pieces", arguments: 1...5)
  func order(threads: Int) {
    let work = OrderedWork(threads: threads) { (number: Int) -> Int in
      // Pieces of very different sizes, so that they are not done in their order.
      (0..<(number % 7) * 1000).reduce(number) { $0 ^ $1 ^ $1 }
    }
    defer { work.finish() }
    var results: [Int] = []
    for number in 0..<500 {
      work.add(number)
      while work.pending > 2 * (work.threads - 1) { results.append(work.next()) }
    }
    while work.pending > 0 { results.append(work.next()) }
    #expect(results == Array(0..<500))
  }

  @Test("what was begun ends, and what was not is forgotten", arguments: 1...3)
  func unfinished(threads: Int) {
    let work = OrderedWork(threads: threads) { (number: Int) in number }
    for number in 0..<20 { work.add(number) }
    #expect(work.next() == 0)
    work.finish()
  }
}
