// These tests run the whole program, brokers and browsers in real time: each gets the machine to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
