"""What a rule may ask about: attributes, places, codes, answers, and the errors that say what is wrong with them."""
