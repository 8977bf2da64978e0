"""The plain pipeline of every tutorial in native OpenCV, one thread: the peer of bench/crop.ts.

Decode the whole photo, grey, blur, Canny, the largest four-sided contour, warp, encode. Reads one JSON request a line
({"path", "width", "height", "corners", "shrink"}) and answers with one line: CPU milliseconds per stage, those of the
clock for all of them, and whether it found four corners. Where it finds none it warps by the corners that it was given, so that it always does the
whole work. "shrink" is the long side on which it looks for contours; 0 looks at full size, as most tutorials do.
"""

import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)


def largest_quad(image):
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(cv2.GaussianBlur(grey, (5, 5), 0), 75, 200)
    contours, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:10]:
        corners = cv2.approxPolyDP(contour, 0.02 * cv2.arcLength(contour, True), True)
        if len(corners) == 4:
            return corners.reshape(4, 2).astype(np.float32)
    return None


def look(image, shrink):
    scale = shrink / max(image.shape[:2]) if shrink else 1
    if scale >= 1:
        return largest_quad(image)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    quad = largest_quad(small)
    return None if quad is None else quad / scale


def crop(photo, request):
    stages = {}
    begin = time.perf_counter()
    start = time.process_time()

    def end(stage):
        nonlocal start
        now = time.process_time()
        stages[stage] = (now - start) * 1000
        start = now

    image = cv2.imdecode(photo, cv2.IMREAD_COLOR)
    end("decode")
    found = look(image, request["shrink"])
    end("detect")
    width, height = request["width"], request["height"]
    corners = np.float32(request["corners"])
    outline = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    card = cv2.warpPerspective(image, cv2.getPerspectiveTransform(corners, outline), (width, height))
    end("rectify")
    cv2.imencode(".jpg", card, [cv2.IMWRITE_JPEG_QUALITY, 90])
    end("encode")
    wall = (time.perf_counter() - begin) * 1000
    return {"stages": stages, "wall": wall, "found": found is not None}


for line in sys.stdin:
    request = json.loads(line)
    photo = np.fromfile(request["path"], np.uint8)
    print(json.dumps({**crop(photo, request), "opencv": cv2.__version__}), flush=True)
