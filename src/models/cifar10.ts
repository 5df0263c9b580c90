/** What every model of CIFAR-10 (Krizhevsky 2009) has in common. Apart from the data set's reader, because the bot needs it too. */
export const cifar10 = {
  /** Names in the order of the labels (batches.meta.txt of the published archive). */
  classes: ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
  /** The same for those who read Korean. */
  ko: ["비행기", "자동차", "새", "고양이", "사슴", "개", "개구리", "말", "배", "트럭"],
  /** Of each channel over the 50,000 training images, 0..1. */
  mean: [0.4914, 0.4822, 0.4465],
  std: [0.247, 0.2435, 0.2616],
} as const;
