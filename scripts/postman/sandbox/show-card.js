// Shows the photo and the card under "Visualize".
const picture = (base64) => `data:image/${base64.startsWith('iVBOR') ? 'png' : 'jpeg'};base64,${base64}`;
if (pm.response.code === 200) {
  const { data, transaction_id, trials_remaining } = pm.response.json();
  const sent = JSON.parse(pm.variables.replaceIn(pm.request.body.raw));
  pm.visualizer.set(
    `<style>
      body { font: 14px/1.5 sans-serif; margin: 16px }
      main { display: flex; flex-wrap: wrap; gap: 16px }
      figure { margin: 0 }
      img { display: block; max-width: 100%; min-width: 240px }
    </style>
    <main>
      <figure><img alt="the photo" src="{{photo}}"><figcaption>sent</figcaption></figure>
      <figure><img alt="the card" src="{{card}}"><figcaption>received</figcaption></figure>
    </main>
    <p>transaction {{transaction_id}}, trials remaining {{trials_remaining}}</p>`,
    { photo: picture(sent.img), card: picture(data.img), transaction_id, trials_remaining },
  );
}
