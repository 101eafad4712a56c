/**
 * Strongly connected components by Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972) without
 * recursion. Calls `visit` once for each component, those that it leads to first.
 * @param edgeStart edges of node `i` are `edgeStart[i]` up to `edgeStart[i + 1]` in `edgeTarget`
 * @param visit gets the nodes of one component, and whether they form a cycle (one node counts when it leads to itself); the
 * array is reused
 */
export function visitStronglyConnected(
  edgeStart: Int32Array,
  edgeTarget: Int32Array,
  visit: (nodes: number[], isCycle: boolean) => void,
): void {
  const count = edgeStart.length - 1;
  const order = new Int32Array(count); // 0: not seen; else order of discovery, from 1
  const low = new Int32Array(count);
  const next = edgeStart.slice(0, count); // next edge to look at
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  const component: number[] = [];
  let discovered = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] !== 0) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? 0;
      if (order[node] === 0) {
        order[node] = low[node] = ++discovered;
        onStack[node] = 1;
        stack.push(node);
      }
      const edge = next[node] ?? 0;
      if (edge < (edgeStart[node + 1] ?? 0)) {
        next[node] = edge + 1;
        const target = edgeTarget[edge] ?? 0;
        if (order[target] === 0) path.push(target);
        else if (onStack[target] === 1) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      component.length = 0;
      let member: number;
      do {
        member = stack.pop() ?? node;
        onStack[member] = 0;
        component.push(member);
      } while (member !== node);
      visit(component, component.length > 1 || leadsToItself(edgeStart, edgeTarget, node));
    }
  }
}

function leadsToItself(edgeStart: Int32Array, edgeTarget: Int32Array, node: number): boolean {
  for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++)
    if (edgeTarget[edge] === node) return true;
  return false;
}
