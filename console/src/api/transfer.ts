/// Files up and down. Uploads use XMLHttpRequest because `fetch` cannot say how much has been sent.
import { announceExpiry, requestHeader } from './client';
import { ProblemError, problemOf } from './problem';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function sendFile<Answer>(
  url: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(requestHeader)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) return resolve(body as Answer);
      if (request.status === 401) announceExpiry();
      reject(new ProblemError(problemOf(body, request.status)));
    };
    request.onerror = () => reject(new ProblemError(problemOf(undefined, 0)));
    request.onabort = () => reject(new DOMException('the upload was stopped', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/// Saves an answer as a file; problems are shown instead of being saved.
export async function saveFile(url: string, name: string): Promise<void> {
  const response = await fetch(url, { headers: requestHeader, credentials: 'same-origin' });
  if (!response.ok) {
    if (response.status === 401) announceExpiry();
    throw new ProblemError(problemOf(parsed(await response.text()), response.status));
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
