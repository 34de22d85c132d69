-- Two threads, whatever the machine has.
set threads = 2;
