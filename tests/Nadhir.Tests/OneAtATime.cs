// These tests run the whole program, brokers and browsers in real time: each gets the machine to itself.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
