/** An `.onnx` file may be this large, in megabytes (10^6 bytes); protobuf itself ends at 2 GB. */
export const MAX_FILE_MB = 600;

/** How many files one message, and one upload, may have. */
export const MAX_FILES = 16;

/** How large an uploaded file of this MIME type may be, in megabytes. */
export const limitMb = (type: string, maxImageMb: number): number => (type.startsWith("image/") ? maxImageMb : MAX_FILE_MB);
