"""The line, step by step: check everything → reserve numbers → produce → write files → mark issued."""
