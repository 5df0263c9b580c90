"""Runs the reference checker of the onnx package over files: types and shapes of every value included."""
import sys

import onnx

for path in sys.argv[1:]:
    onnx.checker.check_model(path, full_check=True)
