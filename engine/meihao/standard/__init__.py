"""text -> Pack: strict YAML in, frozen and checked records of a standard out, each knowing its place."""
