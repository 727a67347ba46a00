"""A fine-tuned Hugging Face checkpoint as a classifier: a folder that runs without torch.

`finetune` makes the folder (extra `finetune`), `model` answers from it (extra `onnx`). Nothing here imports
either extra before it is needed.
"""
