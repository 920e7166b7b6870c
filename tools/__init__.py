"""Pure Python the models call: no ORM, no request, no translated sentence.

Refusals are codes from closed lists plus data; the models put them into words.
"""
