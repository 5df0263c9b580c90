// Vectors of LANES floats. instructionSets.h includes what computes with them once for every instruction set, in a namespace of its own, so this
// file has no guard.

typedef float Vector __attribute__((vector_size(LANES * 4)));
typedef float Anywhere __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

INLINE Vector load(const float* from) { return *reinterpret_cast<const Anywhere*>(from); }
INLINE void store(float* to, Vector value) { *reinterpret_cast<Anywhere*>(to) = value; }
