// Put into the emulator's Node worker by lambda_streaming.py: the global `awslambda` of Lambda's Node runtime.
const forewarnInvocation = { streams: false };
globalThis.awslambda = {
  HttpResponseStream: {
    from(stream, metadata) {
      stream.setMetadata(metadata);
      return stream;
    },
  },
  streamifyResponse(handler) {
    const streaming = async (event, context) => {
      const { Writable } = require("node:stream");
      let metadata = null;
      let isHeadSent = false;
      const buffered = [];
      const sendLine = (message, done) => _realStdoutWrite(`${JSON.stringify(message)}\n`, done);
      const sendHead = () => {
        if (isHeadSent) return;
        isHeadSent = true;
        if (forewarnInvocation.streams) sendLine({ status: "head", metadata });
      };
      const stream = new Writable({
        write(chunk, _encoding, done) {
          sendHead();
          const bytes = Buffer.from(chunk);
          if (forewarnInvocation.streams)
            return sendLine({ status: "chunk", base64: bytes.toString("base64") }, () => done());
          buffered.push(bytes);
          done();
        },
        final(done) {
          sendHead();
          done();
        },
      });
      stream.setMetadata = (value) => {
        metadata = value;
      };
      stream.setContentType = (type) => {
        metadata = { ...metadata, headers: { ...metadata?.headers, "content-type": type } };
      };
      const finished = new Promise((resolve, reject) => stream.once("finish", resolve).once("error", reject));
      await handler(event, stream, context);
      if (!stream.writableEnded) stream.end();
      await finished;
      if (forewarnInvocation.streams) return null;
      // Invoked without a function URL: metadata, eight zero bytes, body.
      const body = Buffer.concat(buffered).toString("utf8");
      return metadata ? JSON.stringify(metadata) + "\0".repeat(8) + body : body;
    };
    streaming[Symbol.for("aws.lambda.runtime.handler.streaming")] = "response";
    return streaming;
  },
};
